/** A harness of others, copied beside ours and git-ignored, so that it can be given what it does not have. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, root } from '../scripts/run.mjs';

export const COPY = join(root, 'bench/.peers');

/** `harness`: its folder, the one with `run.mjs` in it. `prepare` changes a copy that is new. */
export function copyHarness(harness, prepare = () => {}) {
  if (!existsSync(join(COPY, 'run.mjs'))) {
    if (!existsSync(join(harness, 'run.mjs')))
      throw new Failure('--harness must name the folder of the harness: the one with run.mjs in it.');
    cpSync(harness, COPY, { recursive: true });
  }
  prepare();
  if (!existsSync(join(COPY, 'node_modules'))) runInCopy('npm', ['ci', '--no-audit', '--no-fund']);
}

export function runInCopy(command, args) {
  const { status } = spawnSync(command, args, { cwd: COPY, stdio: 'inherit' });
  if (status !== 0) throw new Failure(`${command} ${args.join(' ')} ended with ${status}.`);
}
