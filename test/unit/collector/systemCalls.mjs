/**
 * Loaded into a collector with `node --import`: writes down, in the order they happen, the writes and syncs of journal files and
 * the answers put on sockets, and lets them fail. It stands where the process hands over to the system, so that everything
 * above it is the delivered code. KIKUBARI_TRACE: the file to write to. KIKUBARI_FAULT: a file that names the fault of the moment.
 */
import { appendFileSync, existsSync, promises, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { basename } from 'node:path';

const { KIKUBARI_TRACE: traceFile, KIKUBARI_FAULT: faultFile } = process.env;

function trace(kind, bytes = '') {
  if (traceFile)
    appendFileSync(traceFile, `${JSON.stringify({ kind, text: Buffer.from(bytes).toString('latin1') })}\n`);
}

function isFaulty(name) {
  return faultFile && existsSync(faultFile) && readFileSync(faultFile, 'utf8') === name;
}

function systemError(code, what) {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}

const open = promises.open;
promises.open = async (path, ...rest) => {
  const handle = await open.call(promises, path, ...rest);
  if (String(path).endsWith('.journal')) watchJournal(handle);
  else if (String(path).endsWith('/journal')) watchFolder(handle);
  return handle;
};
const rm = promises.rm;
promises.rm = async (path, ...rest) => {
  if (isFaulty(`EPERM ${basename(String(path))}`))
    throw systemError('EPERM', `operation not permitted, unlink '${path}'`);
  return rm.call(promises, path, ...rest);
};
syncBuiltinESMExports();

function watchJournal(handle) {
  const { write, datasync } = handle;
  handle.write = async (bytes, offset, length, position) => {
    if (isFaulty('ENOSPC')) {
      // As a full disk does it: takes a part, and refuses when asked again.
      if (length < 20 || (position > 0 && offset > 0))
        throw systemError('ENOSPC', 'no space left on device, write');
      return write.call(handle, bytes, offset, Math.min(length, 10), position);
    }
    const result = await write.call(handle, bytes, offset, length, position);
    trace('write', bytes.subarray(offset, offset + length));
    return result;
  };
  handle.datasync = async () => {
    if (isFaulty('EIO')) throw systemError('EIO', 'i/o error, fdatasync');
    await datasync.call(handle);
    trace('sync');
  };
}

function watchFolder(handle) {
  const { sync } = handle;
  handle.sync = async () => {
    await sync.call(handle);
    trace('folder sync');
  };
}

const { write } = Socket.prototype;
Socket.prototype.write = function (data, ...rest) {
  if (String(data).startsWith('HTTP/1.1 ')) trace('answer', data);
  return write.call(this, data, ...rest);
};
