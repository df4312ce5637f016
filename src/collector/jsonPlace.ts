/** What is wrong with a text that is no JSON, and where. V8 names a position or not, by version; a line and column help a person more. */
export function placeOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return message;
  const before = text.slice(0, Number(position)).split('\n');
  return `${message.replace(/ in JSON at position.*/, '')} at line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
