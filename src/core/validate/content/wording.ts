import { ROOTS, piecesOf, type Filter } from '../../template.js';
import type { Fields, Report } from '../report.js';
import { isFields, isShaped, isText, oneOf } from '../report.js';
import { FACT_NAMES, FILTERS, SHAPES } from '../vocabulary.js';

/** What checking a content needs beside it: where problems go, and the languages its texts should all have. */
export interface Reading {
  report: Report;
  languages: Set<string>;
  texts: { path: string; text: Fields }[];
  /** What its campaign gives placeholders to say. */
  around: Around;
}

/** What of a campaign its texts may name. */
export interface Around {
  /** The campaign's language. */
  language: string;
  /** Names of its `values`. */
  values: ReadonlySet<string>;
  /** Those of them that are of events the SDK itself tracks. */
  automatic: ReadonlySet<string>;
  /** Whether an event can be what makes its occasion. */
  hasEvent: boolean;
  /** Whether it may ask for what identifies people. */
  allowsContacts: boolean;
}

/** Checks a text, or one per language, and what is to be filled in there. */
export function checkWording(value: unknown, path: string, reading: Reading): void {
  const { report, languages, texts } = reading;
  if (isText(value)) return checkTemplate(value, path, reading);
  if (!isFields(value) || !Object.keys(value).length)
    return report(
      path,
      value,
      'has no wording; write a text, or one per language such as {"en": "…", "ja": "…"}',
    );
  texts.push({ path, text: value });
  for (const [tag, wording] of Object.entries(value)) {
    if (!SHAPES.language.test(tag))
      report(`${path}.${tag}`, tag, 'is not a language tag; use one such as "en", "ja" or "pt-BR"');
    else languages.add(tag);
    const other = Object.keys(value).find((each) => each.toLowerCase() === tag.toLowerCase());
    if (other !== undefined && other !== tag)
      report(`${path}.${tag}`, wording, `is the same language as "${other}"; keep one of them`, 'warning');
    if (isText(wording)) checkTemplate(wording, `${path}.${tag}`, reading);
    else report(`${path}.${tag}`, wording, 'has no wording; write the text in this language');
  }
}

/** Warns of wordings some texts have and others lack. */
export function checkTranslations({ texts, languages, report, around: { language } }: Reading): void {
  for (const { path: at, text } of texts) {
    for (const wanted of languages) {
      if (!Object.hasOwn(text, wanted))
        report(
          `${at}.${wanted}`,
          undefined,
          `is missing while other texts have it; add the wording in ${wanted}`,
          'warning',
        );
    }
    if (!Object.keys(text).some((tag) => tag.toLowerCase() === language.toLowerCase()))
      report(
        `${at}.${language}`,
        undefined,
        `is missing, and ${language} is the campaign's last fallback; add it`,
        'warning',
      );
  }
}

const EXAMPLE = '{{ visitor.name | default: "you" }}';

/** Checks the placeholders of a text: what they name, what is done with it, and what stands there where there is nothing. */
export function checkTemplate(text: string, path: string, { report, around }: Reading): void {
  const pieces = piecesOf(text, (inside) =>
    report(path, `{{${inside}`, `is no placeholder; write for example ${EXAMPLE}, or other brackets`),
  );
  for (const piece of pieces) {
    if (typeof piece === 'string') continue;
    checkPath(piece.path, path, around, report);
    for (const filter of piece.filters) checkFilter(filter, path, report);
    // Behind it a filter could still make nothing of the value, or of the default.
    if (piece.filters.slice(0, -1).some(([name]) => name === 'default'))
      report(
        path,
        `{{ ${piece.path} | default …`,
        'has a default that is not its last filter; write it last',
      );
    if (!piece.filters.some(([name]) => name === 'default') && !ALWAYS.test(piece.path))
      report(
        path,
        `{{ ${piece.path} }}`,
        `has nothing to say for visitors of whom it is not known; add a default such as {{ ${piece.path} | default: "…" }}`,
      );
  }
}

/** Facts that every browser has. */
const ALWAYS =
  /^(?:device\.(?:type|language|viewportWidth|viewportHeight)|visit\.(?:number|pages|seconds)|page\.(?:url|path))$/;

function checkPath(wanted: string, path: string, { values, hasEvent }: Around, report: Report): void {
  const root = wanted.slice(0, wanted.indexOf('.'));
  const name = wanted.slice(root.length + 1);
  const problem = (what: string, severity?: 'warning') => report(path, `{{ ${wanted} }}`, what, severity);
  if (!ROOTS.includes(root)) problem(`does not begin with one of ${oneOf(ROOTS)}`);
  else if (SHAPES.forbiddenPath.test(name)) problem('names what is never read; choose another property');
  else if (root === 'values' && !values.has(name))
    problem(
      values.size
        ? `is not among the values of the campaign; use ${oneOf([...values])}`
        : 'needs "values" of the campaign, such as {"viewed": {"event": "view_item", "measure": "last", "of": "name"}}',
    );
  else if (root === 'event' && !hasEvent)
    problem(
      'is never known, for no trigger of the campaign is an event; its default is what all see',
      'warning',
    );
  else if (Object.hasOwn(FACT_NAMES, root) && !(root === 'page' && isShaped(name, 'pageParameter'))) {
    const names = FACT_NAMES[root as keyof typeof FACT_NAMES];
    if (!names.includes(name)) problem(`is no fact of the ${root}; use ${oneOf(names)}`);
  }
}

function checkFilter([name, argument]: Filter, path: string, report: Report): void {
  if (!Object.hasOwn(FILTERS, name))
    return report(path, name, `is not a filter; use ${oneOf(Object.keys(FILTERS))}`);
  // An empty default says that nothing is to stand there.
  if (
    name === 'default' ? argument !== undefined : FILTERS[name as keyof typeof FILTERS].test(argument ?? '')
  )
    return;
  const example = {
    default: 'default: "you"',
    number: 'number, or number: 1 for one digit behind the point',
    percent: 'percent, or percent: 1 for one digit behind the point',
    money: 'money: "JPY"',
    date: 'date: "long"',
    time: 'time: "short"',
  }[name as keyof typeof FILTERS];
  report(path, `| ${name}: ${argument ?? ''}`, `is not understood; write ${example}`);
}
