/** Loaded before the collector (`node --import`), in its threads too: says so when prototypes that everything shares get properties. */
import { isMainThread } from 'node:worker_threads';

const EVERY_MS = 20;
const where = isMainThread ? 'main thread' : "store's thread";
const shared = { Object: Object.prototype, Array: Array.prototype, Function: Function.prototype };
const namesOf = (prototype) => Reflect.ownKeys(prototype).map(String);
const before = new Map(Object.entries(shared).map(([name, one]) => [name, new Set(namesOf(one))]));

console.error(`prototypes of the ${where} are watched`);
setInterval(() => {
  for (const [name, known] of before) {
    const added = namesOf(shared[name]).filter((key) => !known.has(key));
    if (added.length > 0) console.error(`prototype polluted in the ${where}: ${name}.${added.join(', ')}`);
  }
}, EVERY_MS).unref();
