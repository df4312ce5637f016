import { describe, expect, it } from 'vitest';
import { rulesBrokenBy } from './lintText.js';

const IMPORTS = '@typescript-eslint/no-restricted-imports';

describe('an import over a wall is refused', () => {
  it.each([
    ['src/core/planted.ts', `import { x } from '../sdk/store.js';`],
    ['src/core/validate/planted.ts', `import { x } from '../../collector/log.js';`],
    ['src/core/planted.ts', `import { readFileSync } from 'node:fs';`],
    ['src/core/planted.ts', `import { get } from 'idb-keyval';`],
    ['src/sdk/planted.ts', `import { x } from '../collector/log.js';`],
    ['src/sdk/planted.ts', `import type { x } from '../console/main.js';`],
    ['src/sdk/planted.ts', `import { h } from 'preact';`],
    ['src/sdk/planted.ts', `import { UAParser } from 'ua-parser-js';`],
    ['src/sdk/planted.ts', `import { x } from '../core/validate/program.js';`],
    ['src/sdk/planted.ts', `import { x } from '../core/statistics/wilson.js';`],
    ['src/sdk/planted.ts', `import { mount } from './messages/mount.js';`],
    ['src/sdk/messages/planted.ts', `import { h } from 'preact';`],
    ['src/sdk/messages/planted.ts', `import type { VNode } from 'preact';`],
    ['src/sdk/messages/planted.ts', `import { get } from 'idb-keyval';`],
    ['src/sdk/messages/planted.ts', `import { x } from '../../collector/api.js';`],
    ['src/sdk/device.ts', `import { get } from 'idb-keyval';`],
    ['src/collector/planted.ts', `import { x } from '../sdk/store.js';`],
    ['src/collector/http/planted.ts', `import type { x } from '../../console/main.js';`],
    ['src/collector/planted.ts', `import { h } from 'preact';`],
    ['src/console/planted.ts', `import { x } from '../sdk/store.js';`],
    ['src/console/planted.ts', `import { x } from '../collector/log.js';`],
    ['src/console/planted.ts', `import { x } from '../collector/api.js';`],
    ['src/console/planted.ts', `import { readFileSync } from 'node:fs';`],
    ['src/core/planted.ts', `import { x } from '../../test/unit/core/x.js';`],
  ])('%s: %s', async (file, code) => {
    expect(await rulesBrokenBy(file, `${code}\nexport const planted = 1;`)).toContain(IMPORTS);
  });
});

describe('an import inside the walls is allowed', () => {
  it.each([
    ['src/core/planted.ts', `import { x } from './events.js';`],
    ['src/core/validate/planted.ts', `import { x } from '../events.js';`],
    ['src/sdk/planted.ts', `import { x } from '../core/events.js';`],
    ['src/sdk/planted.ts', `import { get } from 'idb-keyval';`],
    ['src/sdk/planted.ts', `import type { Mount } from './messages/contract.js';`],
    ['src/sdk/messages/planted.ts', `import { element } from './element.js';`],
    ['src/sdk/messages/planted.ts', `import type { Block } from '../../core/content.js';`],
    ['src/sdk/device.ts', `import { UAParser } from 'ua-parser-js';`],
    ['src/collector/planted.ts', `import { join } from 'node:path';`],
    ['src/collector/http/planted.ts', `import { x } from '../../core/events.js';`],
    ['src/console/planted.ts', `import type { x } from '../collector/api.js';`],
    ['src/console/planted.ts', `import { Button } from '@mantine/core';`],
  ])('%s: %s', async (file, code) => {
    expect(await rulesBrokenBy(file, `${code}\nexport const planted = 1;`)).not.toContain(IMPORTS);
  });
});
