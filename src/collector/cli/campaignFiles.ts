import { readFile } from 'node:fs/promises';
import type { CampaignFile } from '../../core/program.js';
import { validateCampaignFile, type Known } from '../../core/validate/campaignFile.js';
import { isFields, type Fields } from '../../core/validate/report.js';
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
 * the others.
 */
export async function checkCampaignFiles(files: readonly string[]): Promise<FileCheck[]> {
  const parsed = await Promise.all(
    files.map(async (file) => ({ file, value: parse(file, await read(file)) })),
  );
  const known = knownOf(parsed.flatMap(({ value }) => ('json' in value ? [value.json] : [])));
  return parsed.map(({ file, value }) => {
    if ('error' in value) return { file, errors: [value.error], warnings: [] };
    const { problems } = validateCampaignFile(value.json, known, Date.now());
    const linesOf = (severity: string) =>
      problems.filter((problem) => problem.severity === severity).map(({ message }) => `${file}: ${message}`);
    const errors = linesOf('error');
    const warnings = linesOf('warning');
    return { file, errors, warnings, ...(errors.length === 0 && { content: value.json as CampaignFile }) };
  });
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
  for (const key of ['limits', 'facts', 'theme'] as const) {
    const having = checks.filter(({ content }) => content?.[key]).map(({ file }) => file);
    if (having.length > 1)
      errors.push(`${having.join(', ')}: each has "${key}", and a site has only one set; keep one of them.`);
  }
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
