import type { Program } from '../core/program.js';
import { isCircuitOpen } from './circuit.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { parse } from './pristine.js';
import type { Lease, Store } from './store.js';
import type { ClientOptions } from './types.js';

/** A program and the text it was read from, which is what is stored: a text is copied, an object taken apart and put together. */
export interface ReadProgram {
  program: Program;
  text: string;
}

/** A program, without campaigns that lack the few fields the code relies on; undefined if it is none. Throws for what is not JSON. */
function readProgram(text: string, known: ReadProgram | undefined): ReadProgram | undefined {
  // What is stored, and what the collector has, is mostly what is in force: other tabs make us look at each of their rows.
  if (text === known?.text) return known;
  const program = parse(text) as Program | undefined;
  if (program?.schema !== 1 || !(program.version > 0) || !Array.isArray(program.campaigns)) return undefined;
  const campaigns = program.campaigns.filter(
    (campaign) =>
      typeof campaign?.id === 'string' &&
      Array.isArray(campaign.triggers) &&
      campaign.triggers.every((trigger) => typeof trigger?.on === 'string') &&
      Array.isArray(campaign.variants) &&
      campaign.variants.every((variant) => Array.isArray(variant?.content?.cards)),
  );
  return { text, program: { ...program, segments: program.segments ?? {}, campaigns } };
}

/** Fetches the site's program; the browser's own cache and ETag do the rest. Resolves its status if there is none. */
async function fetchProgram(
  { env, options, signal }: Deps,
  version: number | undefined,
  known: ReadProgram | undefined,
): Promise<ReadProgram | number> {
  try {
    const query = version ? '?v=' + version : '';
    const response = await env.fetch(
      `${options.endpoint}/v1/program/${encodeURIComponent(options.site)}${query}`,
      { credentials: 'omit', signal },
    );
    const text = await response.text();
    return (response.ok && readProgram(text, known)) || response.status;
  } catch {
    return 0;
  }
}

/** A page that stays open and visible asks again after this long, ms. */
const REFRESH_MS = 5 * 60_000;
const BEAT_MS = 30_000;

interface Deps {
  env: Environment;
  options: ClientOptions;
  signal: AbortSignal;
  faults: Faults;
  warn: (text: string) => void;
  wake: () => void;
  /** As it was when the page came. */
  lease: Lease;
  store: Pick<Store, 'readMeta'>;
  /** A program came into force; `isNew`: it came from the collector and differs from the one before. */
  onProgram: (read: ReadProgram, isNew: boolean) => void;
}

export interface Programs {
  current(): ReadProgram | undefined;
  /** Takes the last good one from the store. */
  restore(stored: unknown): void;
  /** The collector has answered a batch and named the version in force. */
  announced(version: number | undefined): Promise<void>;
}

/** Keeps the program in force: the last good one at once, then the collector's, again whenever that may have changed. */
export function createPrograms(deps: Deps): Programs {
  const { env, options, signal, faults, warn, onProgram } = deps;
  let current: ReadProgram | undefined;
  let askedAt = 0;
  /** Nobody answered: a blocker, perhaps. Then the sender's tries are enough, and its first receipt ends this. */
  let isUnreachable = isCircuitOpen(deps.lease);
  const accept = (read: ReadProgram | undefined, isNew: boolean) => {
    if (!read || read.program.version === current?.program.version) return;
    current = read;
    onProgram(read, isNew);
  };
  const refresh = async (version?: number) => {
    askedAt = env.now();
    const answer = await fetchProgram(deps, version, current);
    if (signal.aborted) return;
    isUnreachable = answer === 0;
    if (typeof answer === 'object') accept(answer, true);
    else if (answer === 404) warn(`unknown site key "${options.site}"`);
    else if (isUnreachable) warn(`cannot reach ${options.endpoint}`);
  };
  const freshen = () => {
    const isDue = !isUnreachable && env.now() - askedAt > REFRESH_MS;
    if (isDue && document.visibilityState === 'visible') return refresh();
    return undefined;
  };
  const beat = faults.guard(() => {
    if (signal.aborted) return undefined;
    env.later(beat, BEAT_MS);
    // A tab that is merely open looks after the rows of one that died.
    if (document.visibilityState === 'visible') deps.wake();
    return freshen();
  });
  faults.listen(document, 'visibilitychange', freshen, signal);
  faults.guard(async () => {
    // A batch may have closed the circuit before there was anybody here to hear of it.
    const isOpen = isUnreachable && isCircuitOpen((await deps.store.readMeta()).lease);
    if (!isOpen) await refresh();
  })();
  beat();
  return {
    current: () => current,
    restore(stored) {
      try {
        if (stored) accept(readProgram(stored as string, current), false);
      } catch {
        // Damaged: the collector has it. No fault of ours, or a few tabs more would turn us off.
      }
    },
    announced: async (version) => {
      isUnreachable = false;
      if (version && version !== current?.program.version) await refresh(version);
    },
  };
}
