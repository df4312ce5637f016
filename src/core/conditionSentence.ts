import type { Finding } from './decision.js';
import { durationWords } from './durationWords.js';
import type { Json } from './events.js';
import { NOT_TOLD, PERSONAL_GAPS } from './personalGaps.js';
import { plainText } from './plainText.js';

type Fields = { [key: string]: Json };

/** Whose a fact is, in words. */
export const KINDS: { [kind: string]: [en: string, ja: string] } = {
  attribute: ['the attribute', '属性'],
  page: ['the page’s', 'ページの'],
  device: ['the device’s', '端末の'],
  visit: ['the visit’s', '訪問の'],
  signal: ['the signal', 'シグナル'],
  time: ['the clock’s', '時計の'],
  fact: ['the server’s fact', 'サーバーが持つ属性'],
  list: ['being in the list', 'リストへの所属'],
};

const OPERATORS: { [operator: string]: [en: (value: string) => string, ja: (value: string) => string] } = {
  eq: [(value) => `be ${value}`, (value) => `${value} に等しい`],
  ne: [(value) => `not be ${value}`, (value) => `${value} 以外`],
  gt: [(value) => `be more than ${value}`, (value) => `${value} より大きい`],
  gte: [(value) => `be at least ${value}`, (value) => `${value} 以上`],
  lt: [(value) => `be less than ${value}`, (value) => `${value} 未満`],
  lte: [(value) => `be at most ${value}`, (value) => `${value} 以下`],
  in: [(value) => `be one of ${value}`, (value) => `${value} のいずれか`],
  nin: [(value) => `be none of ${value}`, (value) => `${value} のいずれでもない`],
  contains: [(value) => `contain ${value}`, (value) => `${value} を含む`],
  startsWith: [(value) => `start with ${value}`, (value) => `${value} で始まる`],
  endsWith: [(value) => `end with ${value}`, (value) => `${value} で終わる`],
  exists: [
    (value) => (value === 'true' ? 'be there' : 'not be there'),
    (value) => (value === 'true' ? '値がある' : '値がない'),
  ],
  matches: [(value) => `match the pattern ${value}`, (value) => `パターン ${value} に一致する`],
  semver: [(value) => `be a version with ${value}`, (value) => `バージョンが ${value} を満たす`],
  before: [(value) => `be a date before ${value}`, (value) => `${value} より前の日時`],
  after: [(value) => `be a date after ${value}`, (value) => `${value} より後の日時`],
  every: [(value) => `have only values with ${value}`, (value) => `すべての値が ${value} を満たす`],
};

const MEASURES: { [measure: string]: [en: string, ja: string] } = {
  count: ['number of', '回数'],
  sum: ['sum of', '合計'],
  min: ['minimum of', '最小値'],
  max: ['maximum of', '最大値'],
  distinct: ['number of different', '種類の数'],
  most: ['greatest number with the same', '同じ値の最多回数'],
  first: ['first', '最初の値'],
  last: ['latest', '最後の値'],
};

/** Of a public fact the value, and its name behind it. */
function operandWords(operand: Json, ja: boolean, words: (value: Json) => string): string {
  const { public: name, value } = (operand ?? {}) as Fields;
  if (value === undefined || typeof name != 'string') return words(operand);
  return ja ? `${words(value)}（公開値 ${name}）` : `${words(value)} (the public ${name})`;
}

function wish(test: Json | undefined, ja: boolean): string {
  return Object.entries((test ?? { gte: 1 }) as Fields)
    .map(([operator, operand]) => {
      const value = operandWords(operand, ja, JSON.stringify);
      return OPERATORS[operator]?.[ja ? 1 : 0](value) ?? operator;
    })
    .join(ja ? '、かつ ' : ' and ');
}

function window(within: Json | undefined, ja: boolean): string {
  if (within === 'session') return ja ? 'このセッションの' : ' in this session';
  if (within === undefined || within === 'ever') return ja ? 'これまでの' : '';
  if (typeof within == 'object' && !Object.hasOwn(Object(within) as object, 'public')) {
    const { from, until } = within as Fields;
    const [start, end] = [from, until].map((date) => date && plainText(date));
    if (ja) return `${start ? `${start} から` : ''}${end ? `${end} まで` : ''}の`;
    return `${start ? ` from ${start}` : ''}${end ? ` until ${end}` : ''}`;
  }
  const words = operandWords(within, ja, (value) => durationWords(plainText(value), ja ? 'ja' : 'en'));
  return ja ? `直近 ${words}の` : ` in the last ${words}`;
}

function subject(condition: Fields, ja: boolean): string {
  if (condition.event !== undefined) {
    const measure = plainText(condition.measure ?? 'count');
    const word = MEASURES[measure]?.[ja ? 1 : 0] ?? measure;
    const of = condition.of === undefined ? '' : plainText(condition.of);
    const where = condition.where ? ` ${JSON.stringify(condition.where)}` : '';
    const event = `“${plainText(condition.event)}”${where}`;
    if (ja) return `${window(condition.within, ja)}${event}${of && ` の ${of}`} の${word}`;
    return `the ${word}${of && ` ${of} over`} ${event}${window(condition.within, ja)}`;
  }
  const kind = Object.keys(KINDS).find((name) => condition[name] !== undefined) ?? '';
  const zone = condition.zone === undefined ? '' : ` (${plainText(condition.zone)})`;
  return `${KINDS[kind]?.[ja ? 1 : 0] ?? kind} ${plainText(condition[kind])}${zone}`.trim();
}

/** Why a fact is not known. */
function gapWords(value: Json, ja: boolean): string | undefined {
  if (value === PERSONAL_GAPS.nobody)
    return ja ? '不明（ログインしていません）' : 'nothing, because nobody is identified';
  if (value === PERSONAL_GAPS.notHere)
    return ja
      ? '不明（このユーザーの値がまだ届いていません）'
      : 'nothing, because no facts of this user are here';
  if (value === NOT_TOLD)
    return ja ? '不明（端末からまだ届いていません）' : 'nothing, because the device has not told it';
  return undefined;
}

/** One condition of an audience as a sentence: what it asks, and what was found. */
export function conditionSentence({ expected, found, passed, path }: Finding, language: 'en' | 'ja'): string {
  const ja = language === 'ja';
  const condition = (expected ?? {}) as Fields;
  const mark = ja ? (passed ? '○ ' : '× ') : passed ? '✓ ' : '✗ ';
  const values = (found as Json[]).map((value) => gapWords(value, ja) ?? JSON.stringify(value)).join(', ');
  const negated = (path.match(/\.not\b/g) ?? []).length % 2 === 1;
  const turned = negated ? (ja ? '（この条件は否定されています）' : ' (this condition is negated)') : '';
  if (condition.segment !== undefined) {
    const name = `“${plainText(condition.segment)}”`;
    if (ja) return `${mark}セグメント${name}に${passed ? '含まれます' : '含まれません'}${turned}。`;
    return `${mark}The visitor is ${passed ? '' : 'not '}in the segment ${name}${turned}.`;
  }
  if (Array.isArray(condition.sequence)) {
    const steps = condition.sequence.map((step) => plainText((step as Fields).event)).join(' → ');
    const { event } = (condition.thenNot ?? {}) as Fields;
    if (ja)
      return `${mark}手順「${steps}」${event ? `の後に「${plainText(event)}」がないこと` : ''}: ${values} / ${condition.sequence.length} 段階まで到達${turned}。`;
    return `${mark}Steps ${steps}${event ? ` and then not ${plainText(event)}` : ''}: reached ${values} of ${condition.sequence.length}${turned}.`;
  }
  const what = subject(condition, ja);
  const test = condition.is ?? (condition.list === undefined ? undefined : { eq: true });
  const nothing = ja ? '値なし' : 'nothing';
  if (ja) return `${mark}${what}: 条件は「${wish(test, ja)}」、実際は ${values || nothing}${turned}。`;
  return `${mark}${what.charAt(0).toUpperCase()}${what.slice(1)} should ${wish(test, ja)}; found ${values || nothing}${turned}.`;
}
