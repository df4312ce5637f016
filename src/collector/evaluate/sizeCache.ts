/** What took less than this to find out, ms, is found out again: nobody shall see an old number to save so little. */
const WORTH_MS = 1000;
const MAX_ENTRIES = 100;

/** Answers that are the same as long as their key is, and took long. */
export interface SizeCache<Answer> {
  get(key: unknown, find: () => Promise<Answer>): Promise<Answer>;
}

export function createSizeCache<Answer>(worthMs = WORTH_MS): SizeCache<Answer> {
  const known = new Map<string, Answer>();
  return {
    async get(key, find) {
      const text = JSON.stringify(key);
      const before = known.get(text);
      if (before) return before;
      const startedAt = performance.now();
      const answer = await find();
      if (performance.now() - startedAt < worthMs) return answer;
      known.set(text, answer);
      if (known.size > MAX_ENTRIES) known.delete(known.keys().next().value!);
      return answer;
    },
  };
}
