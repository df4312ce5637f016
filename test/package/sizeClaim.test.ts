import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.mjs';
import { bytesOf, measure, readBudgets } from '../../scripts/size/budgets.mjs';

const browserBudgets = readBudgets(root).filter(({ path }: { path: string | string[] }) =>
  [path].flat()[0]!.startsWith('dist/'),
);

describe('the size of what a page downloads', () => {
  for (const budget of browserBudgets) {
    it(`${budget.name} is within its budget, or no further over it than the record says`, async () => {
      const { absent, isAccepted } = await measure(root, budget);
      expect(absent).toEqual([]);
      expect(isAccepted).toBe(true);
    });
  }

  // Within a tenth of a kilobyte: brotli's last bytes differ from build to build, and a size may lie on the edge of a rounding.
  it('is what README says', async () => {
    const table = /## What it costs a page\n([^]*?)\n## /.exec(
      readFileSync(join(root, 'README.md'), 'utf8'),
    )![1]!;
    const claims = [...table.matchAll(/^\|[^|]+\|[^|]+\| ([\d.]+) kB/gm)].map(([, claimed]) =>
      Number(claimed),
    );
    expect(claims).toHaveLength(browserBudgets.length);
    for (const [index, budget] of browserBudgets.entries()) {
      const sizeKb = (await measure(root, budget)).sizeBytes / 1000;
      expect(Math.abs(claims[index]! - sizeKb), `${budget.name}: ${sizeKb} kB`).toBeLessThanOrEqual(0.1);
    }
  });

  it('is exceeded by a budget too small, and by a file that is not there', async () => {
    expect(await measure(root, { name: 'a', path: 'eslint.config.mjs', limit: '1 B' })).toMatchObject({
      isWithin: false,
    });
    expect(await measure(root, { name: 'a', path: 'dist/nowhere-*.js', limit: '1 kB' })).toMatchObject({
      isWithin: false,
      absent: ['dist/nowhere-*.js'],
    });
  });

  it('counts in decimal kilobytes', () => {
    expect(bytesOf('8.0 kB')).toBe(8000);
    expect(() => bytesOf('8 KiB')).toThrow(/written like/);
  });
});
