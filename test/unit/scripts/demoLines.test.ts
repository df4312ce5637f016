import { describe, expect, it } from 'vitest';
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
});
