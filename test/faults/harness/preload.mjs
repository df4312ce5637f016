/**
 * Loaded before the collector (`node --import`): a disk, a clock and a store that fail on demand. `FAULTS_CONTROL` names a file
 * whose text is the fault in force; `FAULTS_CLOCK_MS` is added to the wall clock.
 */
import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';

const { FAULTS_CONTROL: control, FAULTS_CLOCK_MS: clockMs } = process.env;

/** What a nearly full disk still takes. */
const SPACE_LEFT_BYTES = 512;

if (clockMs) {
  const { now } = Date;
  Date.now = () => now() + Number(clockMs);
}
if (control) await breakDisk();
// Threads load this as well, and the store's is the only one there is.
if (control && !isMainThread) stallStore();

/** Takes the thread's turn and does not give it back: as a query that does not end. */
function stallStore() {
  const idle = new Int32Array(new SharedArrayBuffer(4));
  const hold = () => {
    while (readFileSync(control, 'utf8') === 'store') Atomics.wait(idle, 0, 0, 20);
  };
  setInterval(hold, 20).unref();
}

async function breakDisk() {
  const inForce = () => readFileSync(control, 'utf8').trim();
  const failure = (code) => Object.assign(new Error(`${code}: planted`), { code });
  const failOn = (code) => {
    if (inForce() === code) throw failure(code);
  };
  const { open } = fs;
  const handle = await open(control, 'r');
  const methods = Object.getPrototypeOf(handle);
  await handle.close();
  const { write, datasync } = methods;
  let spaceLeft = SPACE_LEFT_BYTES;
  // A nearly full disk takes a part and reports success; only the next write says that there is no space.
  methods.write = async function (buffer, offset, length, position) {
    if (inForce() !== 'ENOSPC') spaceLeft = SPACE_LEFT_BYTES;
    else if (spaceLeft === 0) throw failure('ENOSPC');
    else length = Math.min(length, spaceLeft);
    const result = await write.call(this, buffer, offset, length, position);
    if (inForce() === 'ENOSPC') spaceLeft -= Math.min(spaceLeft, result.bytesWritten);
    return result;
  };
  methods.datasync = async function (...args) {
    failOn('EIO');
    while (inForce() === 'stall') await sleep(20);
    return datasync.apply(this, args);
  };
  fs.open = async (path, ...args) => {
    if (String(path).endsWith('.journal')) failOn('EMFILE');
    return open(path, ...args);
  };
  syncBuiltinESMExports();
}
