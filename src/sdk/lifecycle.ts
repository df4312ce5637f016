import type { Properties, Purpose } from '../core/events.js';
import { ALL_PURPOSES, mergeConsent } from './consent.js';
import { openDatabase } from './database.js';
import { startEngine } from './engine.js';
import type { Engine, EngineDeps } from './engine.js';
import { deleteStored, hasDatabase } from './purge.js';
import { AUTOMATIC } from '../core/automatic.js';
import type { ConsentChoice } from './types.js';

/** Calls kept in memory while nothing is granted, and while a granted start opens its database. */
const MAX_WAITING_CALLS = 100;
const MAX_STARTING_CALLS = 1000;

type Deps = Omit<EngineDeps, 'granted' | 'onConsent' | 'onPurge' | 'faults'> & Pick<EngineDeps, 'faults'>;

export interface Lifecycle {
  /** Runs a call now or as soon as something runs; `refused` if that will not be. */
  call<T>(run: (engine: Engine) => Promise<T>, refused: T): Promise<T>;
  consent(choice: ConsentChoice): Promise<void>;
  /** Adds calls that were lost before the script came. */
  missed(calls: number): void;
  /** Turns everything off for the rest of this page. */
  turnOff(): void;
}

/** Starts and stops the engine as consent comes and goes. */
export function createLifecycle(deps: Deps): Lifecycle {
  const { env, options, faults } = deps;
  const isRequired = options.consent === 'required';
  let grants: Purpose[] = isRequired ? [] : ALL_PURPOSES;
  let hasChosen = false;
  let isOff = false;
  let engine: Engine | undefined;
  let starting: Promise<void> | undefined;
  /** Grows with each stop, so that a start that was overtaken knows. */
  let generation = 0;
  let waiting: (() => void)[] = [];
  let missed = 0;

  const release = () => {
    const calls = waiting;
    waiting = [];
    for (const call of calls) call();
  };
  const stop = () => {
    generation++;
    engine?.halt();
    engine = starting = undefined;
  };
  const isRefused = () => isOff || (hasChosen && !grants.length);

  const run = async () => {
    const mine = generation;
    // A prerendered page nobody looks at is no visit yet.
    if ((document as { prerendering?: boolean }).prerendering)
      await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve));
    const started = await startEngine({
      ...deps,
      granted: () => grants,
      onConsent(stored) {
        if (Array.isArray(stored) && !hasChosen) {
          grants = mergeConsent(stored, {});
          hasChosen = true;
        }
        return grants.length > 0 && mine === generation;
      },
      onPurge() {
        grants = [];
        hasChosen = true;
        stop();
      },
    });
    if (mine !== generation) return started?.halt();
    engine = started;
    engine?.countDropped('stub_full', missed);
    missed = 0;
    if (engine || isRefused()) release();
    else starting = undefined;
  };
  const start = () =>
    (starting ??= run().catch(() => {
      faults.fail();
      isOff = true;
      release();
    }));

  const purge = async () => {
    await starting;
    stop();
    release();
    await deleteStored(env, options);
    if (isRequired || grants.length) return;
    // Without a word in storage the next page would start again: a refusal is remembered, and nothing else.
    const store = await openDatabase(env, options.site);
    await store.addRows([], { consent: [] });
    store.close();
  };

  faults.guard(async () => {
    if (!isRequired || (await hasDatabase(options.site))) await start();
  })();

  return {
    async consent(choice) {
      const before = grants;
      grants = mergeConsent(grants, choice);
      hasChosen = true;
      if (!grants.length || (before.includes('measure') && !grants.includes('measure'))) await purge();
      if (!grants.length || isOff) return release();
      await start();
      await engine?.remember(grants);
      // Every purpose, yes or no.
      const properties: Properties = {};
      for (const purpose of ALL_PURPOSES) properties[purpose] = grants.includes(purpose);
      void engine?.record({ name: AUTOMATIC.consent, time: env.now(), purposes: grants, properties });
    },
    async call<T>(run: (engine: Engine) => Promise<T>, refused: T) {
      const attempt = async () => (engine && !isRefused() ? run(engine) : refused);
      if (engine || isRefused()) return attempt();
      if (waiting.length >= (starting ? MAX_STARTING_CALLS : MAX_WAITING_CALLS)) {
        missed++;
        return refused;
      }
      return new Promise<T>((resolve) => waiting.push(() => resolve(attempt())));
    },
    missed: (calls) => void (missed += calls),
    turnOff() {
      isOff = true;
      stop();
      release();
    },
  };
}
