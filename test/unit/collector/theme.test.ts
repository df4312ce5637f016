import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCampaignFiles } from '../../../src/collector/cli/campaignFiles.js';
import type { CampaignFile, Program } from '../../../src/core/program.js';
import { THEMES } from '../../../src/core/themes.js';
import { startCollector, temporaryFolder, type TestCollector } from './collector.js';

const text = { block: 'text', text: 'Hi' };
const fileOf = (id: string, theme?: object, content: object = {}, more: object = {}) =>
  ({
    kikubari: 1,
    ...(theme && { theme }),
    ...more,
    campaigns: [
      {
        id,
        name: id,
        status: 'live',
        triggers: [{ on: 'manual' }],
        variants: [
          { id: 'a', content: { format: 'modal', cards: [{ id: 'c', blocks: [text] }], ...content } },
        ],
      },
    ],
  }) as CampaignFile;

describe('the theme of a site', () => {
  let collector: TestCollector;
  const files = [
    fileOf('plain'),
    fileOf('own', { preset: 'matcha', radius: 3, dark: { text: '#ffffff' } }, { theme: { preset: 'kaki' } }),
  ];
  const program = async (of: TestCollector) => {
    const answer = await of.server.app.inject({ url: '/v1/program/shop' });
    expect([answer.statusCode, answer.body.includes('preset')]).toEqual([200, false]);
    return answer.json<Program>();
  };
  const sent = { ...THEMES.matcha, radius: 3, dark: { ...THEMES.matcha.dark, text: '#ffffff' } };

  beforeAll(async () => void (collector = await startCollector({ campaigns: files })));
  afterAll(() => collector.remove());

  it('is in the program by its tokens, as are those of its campaigns', async () => {
    const { theme, campaigns } = await program(collector);
    expect(theme).toEqual(sent);
    const themes = campaigns.map(({ id, variants }) => [id, variants[0]!.content.theme]);
    expect(themes).toEqual([
      ['own', THEMES.kaki],
      ['plain', undefined],
    ]);
  });

  it('is kept over a start of the collector', async () => {
    await collector.server.close();
    const again = await startCollector({ dataDir: collector.dataDir });
    expect((await program(again)).theme).toEqual(sent);
    await again.remove();
  });
});

it('a site without a theme has none in its program', async () => {
  const collector = await startCollector({ campaigns: [fileOf('plain')] });
  const answer = await collector.server.app.inject({ url: '/v1/program/shop' });
  expect([answer.statusCode, 'theme' in answer.json<Program>()]).toEqual([200, false]);
  await collector.remove();
});

describe('loadCampaignFiles', () => {
  const folder = temporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const themed = write('themed.json', fileOf('one', { preset: 'ink' }));

  it('takes a theme of one file', async () => {
    const { campaigns, warnings } = await loadCampaignFiles([themed, write('plain.json', fileOf('two'))]);
    expect([campaigns.map(({ theme }) => theme), warnings]).toEqual([[{ preset: 'ink' }, undefined], []]);
  });

  it('refuses themes of two files, and one that is broken', async () => {
    const other = write('other.json', fileOf('two', { radius: 2 }));
    await expect(loadCampaignFiles([themed, other])).rejects.toThrow(
      `${other}: theme: {"radius":2} stands in ${themed} at theme too; a site has only one, so keep one of them`,
    );
    await expect(
      loadCampaignFiles([write('broken.json', fileOf('two', { preset: 'sumi' }))]),
    ).rejects.toThrow(/broken\.json: theme\.preset: "sumi" is not a known theme; use "ink"/);
  });

  it('warns of colours that cannot be read on the theme of another file', async () => {
    const grey = write('grey.json', fileOf('two', undefined, { theme: { muted: '#666666' } }));
    expect((await loadCampaignFiles([grey, themed])).warnings).toEqual([]);
    const night = { surface: '#14161a', text: '#ffffff', muted: '#b0b4ba', accent: '#ffffff' };
    const { warnings } = await loadCampaignFiles([grey, write('night.json', fileOf('one', night))]);
    expect(warnings).toEqual([expect.stringContaining('theme.muted: "#666666" makes secondary text hard')]);
  });

  it('lets a file ask for personal data where another one of the site allows it', async () => {
    const question = { kind: 'contact', field: 'email', id: 'q', label: 'Q?' };
    const cards = [{ id: 'c', blocks: [{ block: 'question', question }] }];
    const asking = write('asking.json', fileOf('two', undefined, { cards }));
    await expect(loadCampaignFiles([asking])).rejects.toThrow('write "limits": {"contacts": true}');
    const limits = write('limits.json', { kikubari: 1, limits: { contacts: true }, campaigns: [] });
    expect((await loadCampaignFiles([asking, limits])).campaigns).toHaveLength(2);
  });
});
