import { readFile } from 'node:fs/promises';
import type { CampaignFile } from '../../core/program.js';
import { validateCampaignFile, type Known } from '../../core/validate/campaignFile.js';
import { isFields, quoted, type Fields } from '../../core/validate/report.js';
import { ClearError, systemCode } from '../clearError.js';
import { placeOf } from '../jsonPlace.js';

export interface FileCheck {
  file: string;
  errors: string[];
  warnings: string[];
  content?: CampaignFile;
}

/**
 * Reads and checks the campaign files of one site; every problem as one line of path, value and fix. Each may name segments and facts of
 * the others, and none may say anew what another says.
 */
export async function checkCampaignFiles(files: readonly string[]): Promise<FileCheck[]> {
  const parsed = await Promise.all(
    files.map(async (file) => ({ file, value: parse(file, await read(file)) })),
  );
  const known = knownOf(parsed.flatMap(({ value }) => ('json' in value ? [value.json] : [])));
  const said = new Map<string, string>();
  return parsed.map(({ file, value }) => {
    if ('error' in value) return { file, errors: [value.error], warnings: [] };
    const { problems } = validateCampaignFile(value.json, known, Date.now());
    const linesOf = (severity: string) =>
      problems.filter((problem) => problem.severity === severity).map(({ message }) => `${file}: ${message}`);
    const errors = [...linesOf('error'), ...saidTwice(value.json, file, said)];
    const warnings = linesOf('warning');
    return { file, errors, warnings, ...(errors.length === 0 && { content: value.json as CampaignFile }) };
  });
}

const ONLY = 'a site has only one, so keep one of them';

/** What of a file can stand only once in all of them. */
function* onlyOnce(json: Fields): Generator<{ what: string; path: string; value: unknown; fix: string }> {
  for (const key of ['limits', 'facts', 'theme'])
    if (json[key] !== undefined) yield { what: key, path: key, value: json[key], fix: ONLY };
  for (const name of Object.keys(isFields(json.segments) ? json.segments : {})) {
    const path = `segments.${name}`;
    yield { what: path, path, value: name, fix: 'give each its own name' };
  }
  for (const [index, campaign] of (Array.isArray(json.campaigns) ? json.campaigns : []).entries()) {
    if (!isFields(campaign) || typeof campaign.id !== 'string') continue;
    const { id: value } = campaign;
    yield { what: `campaign ${value}`, path: `campaigns[${index}].id`, value, fix: 'give each its own id' };
  }
}

/** Lines about what a file before has said: of two the last one would count, and nobody be told. `said` learns what this one says. */
function saidTwice(json: unknown, file: string, said: Map<string, string>): string[] {
  const own = isFields(json) ? [...onlyOnce(json)] : [];
  const lines = own.flatMap(({ what, path, value, fix }) => {
    const other = said.get(what);
    return other ? [`${file}: ${path}: ${quoted(value)} stands in ${other} too; ${fix}`] : [];
  });
  for (const { what, path } of own) if (!said.has(what)) said.set(what, `${file} at ${path}`);
  return lines;
}

function knownOf(contents: readonly unknown[]): Known {
  const of = (key: string) =>
    contents.flatMap((one) => (isFields(one) && isFields(one[key]) ? [one[key]] : []));
  const union = (parts: readonly Fields[]): Fields =>
    Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
  const conditions = union(of('segments'));
  const facts = of('facts');
  return {
    segments: Object.keys(conditions),
    conditions,
    facts: union(facts),
    // Where no file has any, they are published on their own, and what is published is not seen here.
    mayHaveMoreFacts: facts.length === 0,
    allowsContacts: of('limits').some(({ contacts }) => contacts === true),
    theme: of('theme')[0],
  };
}

/** The contents of good files, and what is to be warned of; a ClearError with the problems otherwise. */
export async function loadCampaignFiles(
  files: readonly string[],
): Promise<{ campaigns: CampaignFile[]; warnings: string[] }> {
  const checks = await checkCampaignFiles(files);
  const errors = checks.flatMap((check) => check.errors);
  if (errors.length > 0) throw new ClearError(errors.join('\n'));
  return {
    campaigns: checks.flatMap((check) => check.content ?? []),
    warnings: checks.flatMap((check) => check.warnings),
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason =
      systemCode(error) === 'ENOENT' ? 'there is no such file' : `it cannot be read (${systemCode(error)})`;
    throw new ClearError(`${file}: ${reason}; give the path of a campaign file.`);
  }
}

function parse(file: string, text: string): { json: unknown } | { error: string } {
  try {
    return { json: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    return { error: `${file}: not JSON: ${placeOf(text, error)}` };
  }
}
