import { Worker } from 'node:worker_threads';
import { ClearError } from '../clearError.js';
import type { Log } from '../log.js';
import type { Applied } from './applier.js';
import type { FromStore, StoreMethods, StoreOptions } from './storeMethods.js';

/** The store as the HTTP side sees it. */
export interface Store extends StoreMethods {
  /** False when its thread is gone. */
  isAlive(): boolean;
}

export interface StoreClientOptions extends StoreOptions {
  /** The built store thread. */
  threadFile: URL;
  log: Log;
  onApplied: (applied: Applied) => void;
  /** A group could not be stored; it is tried again. */
  onApplyFailed: () => void;
}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

const METHODS: { [Name in keyof StoreMethods]: true } = {
  applied: true,
  advance: true,
  countDrops: true,
  flush: true,
  report: true,
  loadSites: true,
  ensureSite: true,
  importCampaigns: true,
  setCampaignStatus: true,
  stopCampaigns: true,
  setStop: true,
  couponPools: true,
  addCoupons: true,
  claimCoupons: true,
  putPublicFacts: true,
  importFacts: true,
  personalFactsOf: true,
  addFactSecret: true,
  removeFactSecret: true,
  countAccounts: true,
  findAccount: true,
  putAccount: true,
  putSession: true,
  findSession: true,
  touchSession: true,
  endSession: true,
  close: true,
};

/** Starts the store thread; resolves when its databases are open, rejects with its ClearError otherwise. */
export function startStore({
  threadFile,
  log,
  onApplied,
  onApplyFailed,
  ...workerData
}: StoreClientOptions): Promise<Store> {
  const worker = new Worker(threadFile, { workerData });
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let isAlive = true;

  function call(method: keyof StoreMethods, args: unknown[]): Promise<unknown> {
    if (!isAlive) return Promise.reject(new Error('the store thread is gone'));
    const id = (lastId += 1);
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      worker.postMessage({ id, method, args });
    });
  }

  function settle(id: number, act: (one: Pending) => void): void {
    const one = pending.get(id);
    pending.delete(id);
    if (one) act(one);
  }

  return new Promise((resolve, reject) => {
    const gone = (reason: string) => {
      if (!isAlive) return;
      isAlive = false;
      const error = new Error(reason);
      reject(error);
      for (const one of pending.values()) one.reject(error);
      pending.clear();
    };
    worker.on('message', (message: FromStore) => {
      if (message.kind === 'opened') resolve(storeOf(call, () => isAlive));
      else if (message.kind === 'failed') reject(errorOf(message.message, message.isClear));
      else if (message.kind === 'clearError') settle(message.id, clearly(message.message));
      else if (message.kind === 'result') settle(message.id, (one) => one.resolve(message.value));
      else if (message.kind === 'error') settle(message.id, (one) => one.reject(new Error(message.message)));
      else if (message.kind === 'applied') onApplied(message);
      else if (message.kind === 'applyFailed') onApplyFailed();
      else log[message.level](message.message, message.fields);
    });
    worker.on('error', ({ message }) => {
      log.error('store: the thread failed', { reason: message });
      gone('the store thread failed');
    });
    worker.on('exit', () => gone('the store thread is gone'));
  });
}

function errorOf(message: string, isClear: boolean): Error {
  return isClear ? new ClearError(message) : new Error(message);
}

const clearly = (message: string) => (one: Pending) => one.reject(errorOf(message, true));

function storeOf(
  call: (method: keyof StoreMethods, args: unknown[]) => Promise<unknown>,
  isAlive: () => boolean,
): Store {
  const methods = Object.keys(METHODS).map((name) => [
    name,
    (...args: unknown[]) => call(name as keyof StoreMethods, args),
  ]);
  return { ...(Object.fromEntries(methods) as unknown as StoreMethods), isAlive };
}
