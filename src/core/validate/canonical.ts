/** What is compared with: lists and objects are the same only with their keys in the same order. */
const OPERAND = /^(eq|ne|n?in|contains\w*)$/;

/** JSON of conditions that say the same is the same, in whatever order their keys are written. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (!inner || typeof inner != 'object') return inner;
    if (OPERAND.test(key)) return JSON.stringify(inner);
    if (Array.isArray(inner)) return inner as unknown[];
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
