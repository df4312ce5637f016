import { urlProblem } from '../url.js';
import { checkTemplate, type Reading } from './wording.js';

/** An address that may hold placeholders: it is what stands before them that says where it leads. */
export function checkAddress(value: unknown, path: string, of: 'link' | 'image', reading: Reading): void {
  const from = typeof value === 'string' ? value.indexOf('{{') : -1;
  const end = typeof value === 'string' ? value.lastIndexOf('}}') : -1;
  if (typeof value === 'string' && from >= 0 && end > from) {
    checkTemplate(value, path, reading);
    // What is filled in at its start is judged where it is shown; elsewhere but in a host it cannot change where the address leads.
    if (from === 0) {
      // Whoever made a link to the page chose what stands in its address.
      if (/^\{\{\s*page\./.test(value))
        reading.report(
          path,
          value,
          'leads wherever the address of the page says; write a host or a path before it',
        );
      return;
    }
    const before = value.slice(0, from);
    if (/^https:\/\/[^/?#]*$/i.test(before))
      return reading.report(
        path,
        value,
        'has a placeholder in its host, which would lead wherever the value says; write the host, and a "/" behind it',
      );
    value = `${before}x${value.slice(end + 2)}`;
  }
  const problem =
    of === 'image' && typeof value === 'string' && /^(mailto|tel):/i.test(value)
      ? 'is not an image; use https://… or a path'
      : urlProblem(value);
  if (problem) reading.report(path, value, problem);
}
