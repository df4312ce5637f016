import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../scripts/demo/progress.mjs';
import { welcome } from '../../../scripts/demo/welcome.mjs';

describe('what the demo says', () => {
  const place = { url: 'http://127.0.0.1:4600', dataDir: '/tmp/my data' };

  it('shows the password at the first start, and afterwards the command that makes a new one', () => {
    const first = welcome({ ...place, firstAdmin: { email: 'admin@localhost', password: 'secret' } });
    expect(first).toMatch(/Sign in as +admin@localhost\n +Password +secret /);
    expect(first).not.toContain('kikubari.js password');
    const later = welcome({ ...place, firstAdmin: undefined });
    expect(later).toContain('node src/collector/dist/kikubari.js password --data "/tmp/my data"\n');
  });

  it('says how far it is in a log too, each line once, although four visits are under way at the end', () => {
    const counts = (all: number, sent: number[]) => {
      let text = '';
      const show = createProgress({ isTTY: false, write: (part: string) => (text += part) });
      for (const one of sent) show(one, all);
      return [...text.matchAll(/(\d+) of \d+\n/g)].map(([, count]) => Number(count));
    };
    const upTo = (all: number) => Array.from({ length: all }, (_, index) => index + 1);
    expect(counts(1311, [...upTo(1311), 1311, 1311, 1311])).toEqual([263, 526, 789, 1052, 1311]);
    expect(counts(10, [4, 4, 5, 5, 9, 10, 10, 10])).toEqual([4, 9, 10]);
    // An interrupted replay goes on where it was.
    expect(counts(100, [95, 100, 100])).toEqual([95, 100]);
  });
});
