import { parentPort, workerData } from 'node:worker_threads';
import { ClearError, messageOf } from '../clearError.js';
import { createLog } from '../log.js';
import { openStore } from './openStore.js';
import type { FromStore, StoreMethods, StoreOptions, ToStore } from './storeMethods.js';

const port = parentPort!;
const send = (message: FromStore) => port.postMessage(message);

const log = createLog(({ time: _time, level, message, ...fields }) =>
  send({ kind: 'log', level, message, fields: fields as { [field: string]: never } }),
);

async function answer(store: StoreMethods, { id, method, args }: ToStore): Promise<void> {
  try {
    const methods = store as unknown as { [name: string]: (...args: unknown[]) => Promise<unknown> };
    send({ kind: 'result', id, value: await methods[method]!(...args) });
  } catch (error) {
    send({ kind: error instanceof ClearError ? 'clearError' : 'error', id, message: messageOf(error) });
  }
  if (method === 'close') port.close();
}

try {
  const store = await openStore(
    workerData as StoreOptions,
    {
      onApplied: (applied) => send({ kind: 'applied', ...applied }),
      onFailed: () => send({ kind: 'applyFailed' }),
    },
    log,
  );
  port.on('message', (message: ToStore) => void answer(store, message));
  send({ kind: 'opened' });
} catch (error) {
  send({ kind: 'failed', message: messageOf(error), isClear: error instanceof ClearError });
}
