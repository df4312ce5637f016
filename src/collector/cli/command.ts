import { parseArgs } from 'node:util';
import { ClearError, messageOf } from '../clearError.js';
import { readVersion } from '../version.js';
import { HELP } from './help.js';
import { password } from './password.js';
import { serve } from './serve.js';
import { validate } from './validate.js';

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  site: { type: 'string' },
  'site-name': { type: 'string' },
  campaigns: { type: 'string', multiple: true },
  'trust-proxy': { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export type Options = ReturnType<typeof parse>['values'];

/** Runs one command; resolves to the exit code. `serve` resolves when it was told to stop. */
export async function runCommand(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (values.version) return print(`${readVersion()}\n`);
  if (values.help || command === 'help' || command === undefined) return print(HELP);
  if (command === 'serve') return serve(values, rest);
  if (command === 'validate') return validate(rest);
  if (command === 'password') return password(values);
  throw new ClearError(`There is no command "${command}"; "kikubari help" lists them.`);
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new ClearError(`${messageOf(error).split('. ')[0]}; "kikubari help" lists the options.`);
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
