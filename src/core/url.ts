/** Without the flag that ignores case, which makes it many times as long to compile: every page pays that once. */
const PARTS = /^(?:[a-zA-Z][a-zA-Z\d+.-]*:)?(?:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The path of an absolute or relative URL, decoded so that authors write `/商品/`; `/` if it is empty. */
export function pathOf(url: string): string {
  return decoded(PARTS.exec(url)![1]!) || '/';
}

/** Every value of a query parameter, decoded; core has no `URLSearchParams`. */
export function queryOf(url: string, name: string): string[] {
  const query = (PARTS.exec(url)![2] ?? '').replace(/\+/g, ' ');
  return [...query.matchAll(/([^&=]+)=?([^&]*)/g)]
    .filter(([, key]) => decoded(key!) == name)
    .map(([, , value]) => decoded(value!));
}
