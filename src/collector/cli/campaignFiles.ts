import { readFile } from 'node:fs/promises';
import type { CampaignFile } from '../../core/program.js';
import { validateCampaignFile } from '../../core/validate/campaignFile.js';
import { ClearError, systemCode } from '../clearError.js';
import { placeOf } from '../jsonPlace.js';

export interface FileCheck {
  file: string;
  errors: string[];
  warnings: string[];
  content?: CampaignFile;
}

/** Reads and checks a campaign file; every problem as one line of path, value and fix. */
export async function checkCampaignFile(file: string): Promise<FileCheck> {
  const value = parse(file, await read(file));
  if ('error' in value) return { file, errors: [value.error], warnings: [] };
  const { problems } = validateCampaignFile(value.json, [], Date.now());
  const linesOf = (severity: string) =>
    problems.filter((problem) => problem.severity === severity).map(({ message }) => `${file}: ${message}`);
  const errors = linesOf('error');
  const warnings = linesOf('warning');
  return { file, errors, warnings, ...(errors.length === 0 && { content: value.json as CampaignFile }) };
}

/** The contents of good files; a ClearError with the problems otherwise. */
export async function loadCampaignFiles(files: readonly string[]): Promise<CampaignFile[]> {
  const checks = await Promise.all(files.map(checkCampaignFile));
  const errors = checks.flatMap((check) => check.errors);
  for (const key of ['limits', 'facts'] as const) {
    const having = checks.filter(({ content }) => content?.[key]).map(({ file }) => file);
    if (having.length > 1)
      errors.push(`${having.join(', ')}: each has "${key}", and a site has only one set; keep one of them.`);
  }
  if (errors.length > 0) throw new ClearError(errors.join('\n'));
  return checks.flatMap((check) => check.content ?? []);
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
