import { oneAtATime } from './walk.js';

/** What took less than this to find out, ms, is found out again: nobody shall see an old number to save so little. */
const WORTH_MS = 1000;
const MAX_ENTRIES = 100;

/** Answers that are the same as long as their key is, and took long. */
export interface SizeCache<Answer> {
  /**
   * `find` waits until it is alone; the same question, asked while it waits, is not asked twice. `isWhole`: the answer is all that
   * was asked for, and not what there was when its time had run out.
   */
  get(key: unknown, find: () => Promise<Answer>, isWhole?: (answer: Answer) => boolean): Promise<Answer>;
}

export function createSizeCache<Answer>(worthMs = WORTH_MS): SizeCache<Answer> {
  const known = new Map<string, Answer>();

  async function found(
    text: string,
    find: () => Promise<Answer>,
    isWhole: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const before = known.get(text);
    if (before) return before;
    // Only now: to have waited for others is no reason to be kept.
    const startedAt = performance.now();
    const answer = await find();
    if (performance.now() - startedAt < worthMs || !isWhole(answer)) return answer;
    known.set(text, answer);
    if (known.size > MAX_ENTRIES) known.delete(known.keys().next().value!);
    return answer;
  }

  return {
    async get(key, find, isWhole = () => true) {
      const text = JSON.stringify(key);
      return known.get(text) ?? oneAtATime(() => found(text, find, isWhole));
    },
  };
}
