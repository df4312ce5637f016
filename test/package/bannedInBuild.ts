/** What S1 forbids, as it would look in minified code. */
export const BANNED: Record<string, RegExp> = {
  eval: /(?<![\w$.])eval\s*\(/g,
  'new Function': /new\s+Function\b/g,
  'string timers': /set(?:Timeout|Interval)\s*\(\s*["'`]/g,
  innerHTML: /\binnerHTML\b/g,
  outerHTML: /\bouterHTML\b/g,
  insertAdjacentHTML: /\binsertAdjacentHTML\b/g,
  'document.write': /document\s*\.\s*write(?:ln)?\b/g,
  'style elements': /createElement\(\s*["'`]style["'`]|<style\b/gi,
  'style attributes': /setAttribute\(\s*["'`](?:style|on\w+)["'`]|\bstyle\s*=\s*\\?["'][^"']*:/g,
};

/** Every place in `code` that the named ban forbids, with a little around it. */
export function bannedIn(code: string, name: string): string[] {
  return [...code.matchAll(BANNED[name] as RegExp)].map(({ index }) =>
    code.slice(Math.max(0, index - 30), index + 40),
  );
}
