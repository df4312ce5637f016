/** Requests of one byte a second, from a thread of their own: what hundreds of sockets cost here must not delay honest clients. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { creep } from './rawRequests.mjs';

/** `ended` resolves to the status of each, once the collector has closed all of them. */
export function startCreepers(url, count) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { creepersAt: url, count } });
  const ended = new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  return { ended, stop: () => worker.terminate() };
}

if (!isMainThread && workerData?.creepersAt) {
  const { creepersAt, count } = workerData;
  const statuses = Array.from({ length: count }, () => creep(creepersAt));
  parentPort.postMessage(await Promise.all(statuses));
}
