/** Starts other programs for the scripts and says plainly what went wrong. Plain Node: it runs before anything is installed. */
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where the scripts keep what they may rebuild at any time. */
export const cacheFolder = join(root, 'node_modules', '.cache', 'kikubari');

/** A failure whose message is a sentence for the person at the terminal; no stack is shown for it. */
export class Failure extends Error {}

/**
 * Runs a program and resolves its exit code (127 if it cannot be started, 124 after `timeoutMs`).
 * With `quiet` its output is kept and returned instead of shown.
 */
export function run(command, args, { cwd = root, env = {}, quiet = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      timeout: timeoutMs,
      // npm and its kin are .cmd files there, which only a shell can start.
      shell: process.platform === 'win32' && !command.endsWith('.exe'),
    });
    let output = '';
    child.stdout?.on('data', (part) => (output += part));
    child.stderr?.on('data', (part) => (output += part));
    const end = (code) =>
      resolve({ code, output: stripVTControlCharacters(output), seconds: (Date.now() - startedAt) / 1000 });
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code) => end(code ?? 124));
  });
}

/** Runs a file of an installed package with this Node, so that no shell and no PATH is involved. */
export function runPackage(path, args, options) {
  return run(process.execPath, [join(root, 'node_modules', path), ...args], options);
}

/** True if the file was started from the command line rather than imported. */
export function isMain(moduleUrl) {
  return process.argv[1] !== undefined && fileURLToPath(moduleUrl) === realpathSync(process.argv[1]);
}

/** Runs a script's main function; a `Failure` becomes one sentence and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}
