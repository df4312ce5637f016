/** One line per row of the matrix. */

const COLUMNS = [
  ['row', (one) => one.id],
  ['browser', (one) => one.browser],
  ['runs', (one) => one.runs],
  ['reached', (one) => one.reached],
  ['called', (one) => one.called],
  ['acked', (one) => one.acknowledged],
  ['stored', (one) => one.stored],
  ['dup', (one) => one.duplicates],
  ['lost', (one) => one.lost],
  ['redundant', (one) => one.redundant],
  ['drops', (one) => one.drops],
  ['s', (one) => one.seconds.toFixed(0)],
  ['verdict', (one) => (one.problems.length === 0 ? 'ok' : 'FAILED')],
];
const SHOWN_PROBLEMS = 60;
const WIDTHS = [8, 10, 5, 8, 8, 8, 8, 5, 5, 10, 7, 5, 8];

const line = (cells) => cells.map((cell, index) => String(cell ?? '-').padStart(WIDTHS[index])).join('');

export const tableHead = () => line(COLUMNS.map(([name]) => name)) + '  fault';

export function tableLine(result) {
  const note = result.note ? ` (${result.note})` : '';
  const shown = result.problems.slice(0, SHOWN_PROBLEMS);
  if (result.problems.length > SHOWN_PROBLEMS)
    shown.push(`and ${result.problems.length - SHOWN_PROBLEMS} more`);
  const problems = shown.map((problem) => `\n          ${problem}`);
  return `${line(COLUMNS.map(([, read]) => read(result)))}  ${result.fault}${note}${problems.join('')}`;
}
