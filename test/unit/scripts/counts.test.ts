import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/run.mjs';
import { readArguments } from '../../../scripts/test.mjs';
import { countResults, sumCounts, summaryLine } from '../../../scripts/test/counts.mjs';
import { LEFT_TO_CI } from '../../../scripts/test/tiers.mjs';

const loaded = { status: 'passed', assertionResults: [{}] };

describe('counting one run', () => {
  it('takes the numbers of a good run', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, testResults: [loaded] };
    expect(countResults(report, 0)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  });

  it('counts a test file that does not load as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [{ status: 'failed', assertionResults: [] }],
    };
    expect(countResults(report, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it('counts a run that ended badly with all tests passed as a failure', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, testResults: [loaded] };
    expect(countResults(report, 1).failed).toBe(1);
  });

  it('counts a run without a report, and a project without a test, as a failure', () => {
    expect(countResults(undefined, 1).failed).toBe(1);
    expect(countResults({ numPassedTests: 0, numFailedTests: 0, testResults: [] }, 0).failed).toBe(1);
  });

  it('lets a project be empty when the caller picked files', () => {
    const empty = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
    expect(countResults(empty, 0, { mayBeEmpty: true }).failed).toBe(0);
    expect(countResults(empty, 1, { mayBeEmpty: true }).failed).toBe(1);
  });
});

it('ends with one plain line over all projects', () => {
  const runs = [
    { passed: 2, failed: 0, skipped: 0 },
    { passed: 5, failed: 1, skipped: 0 },
  ];
  expect(summaryLine(sumCounts(runs))).toBe('7 passed, 1 failed');
});

describe('arguments of npm test', () => {
  it('runs everything unless told otherwise, in order', () => {
    expect(readArguments([]).projects).toEqual([
      'core',
      'sdk',
      'collector',
      'console',
      'package',
      'e2e',
      'faults',
    ]);
  });

  it('picks projects and hands the rest to vitest', () => {
    const { projects, rest } = readArguments(['--only', 'sdk', '-t', 'queue', '--only=core']);
    expect(projects).toEqual(['core', 'sdk']);
    expect(rest).toEqual(['-t', 'queue']);
  });

  it('says which names there are when one is wrong or missing', () => {
    expect(() => readArguments(['--only', 'skd'])).toThrow(/one of core, sdk, .*not skd/);
    expect(() => readArguments(['--only'])).toThrow(/--only takes one of/);
  });
});

describe('what a plain npm test leaves out', () => {
  const files = Object.values(LEFT_TO_CI).flat();

  it('are files that are there, so that one which was renamed is not forgotten', () => {
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });

  it('is run by .ci/run, and wherever something is named', () => {
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^npm test .*-- --whole/m);
    expect(readArguments([]).isWhole).toBe(false);
    expect(readArguments(['--whole'])).toMatchObject({ isWhole: true, rest: [] });
    expect(readArguments(['--only', 'e2e']).isWhole).toBe(true);
    expect(readArguments([files[0]!]).isWhole).toBe(true);
  });
});
