/**
 * Counts one vitest run from its JSON report and exit code. What is no failed test but still wrong counts as one failure:
 * a file that did not load, a run that ended badly or left no report, a project without a test.
 */
export function countResults(report, exitCode, { mayBeEmpty = false } = {}) {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const files = report?.testResults ?? [];
  const unloaded = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const counted = (report?.numFailedTests ?? 0) + unloaded;
  const isEmpty = passed + counted === 0;
  if (isEmpty) return { passed, failed: mayBeEmpty && exitCode === 0 ? 0 : 1, skipped };
  return { passed, failed: counted === 0 && exitCode !== 0 ? 1 : counted, skipped };
}

/** Adds the counts of several runs. */
export function sumCounts(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** `N passed, N failed`, and how many were skipped if any were. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
