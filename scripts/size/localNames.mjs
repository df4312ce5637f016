/**
 * Letters for the local names of the script tag, the most used name first: what compresses best is found by trying, and is not what is
 * used most. 1 % of the bytes of every page.
 */
export const LETTERS = 'etricsmknaogpTbjxlHdfFZ_LvYyNXDwRzBO$ISJCAEQMGWKVuhPUq';

/** The nth name, as Terser asks for it. Of source of its own, for it runs in another thread. */
const get = new Function(
  'n',
  `const letters = '${LETTERS}';
  let name = '';
  for (n++; n > 0; n = Math.floor(n / letters.length)) name += letters[--n % letters.length];
  return name;`,
);

export const localNames = { nth_identifier: { get } };
