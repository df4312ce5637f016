import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../../src/core/compile.js';
import type { Theme } from '../../../../src/core/content.js';
import { contrastOf, mixed } from '../../../../src/core/contrast.js';
import { coloursOf, problemOn } from '../../../../src/core/drawnColours.js';
import { THEMES, withPreset } from '../../../../src/core/themes.js';
import { validateCampaign, validateCampaignFile } from '../../../../src/core/validate/campaignFile.js';
import { css } from '../../../../src/sdk/messages/styles.js';
import { campaignOf, fileOf, messageOf, NOW, problemsOf } from './content.fixture.js';

const NAMES = Object.entries(THEMES);
const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);
const text = { block: 'text', text: 'Hi' };
/** What is said about a theme, wherever it stands. */
const saidOf = (theme: unknown) => {
  const [ofFile, ofContent] = [
    problemsOf(messageOf([text]), {}, { theme }),
    problemsOf(messageOf([text], { theme })),
  ];
  const at = 'campaigns[0].variants[0].content.';
  expect(ofContent.map(({ path }) => path)).toEqual(ofFile.map(({ path }) => at + path));
  return ofFile.map(({ path, severity, message }) => ({ path, severity, message }));
};

describe.each(NAMES)('the theme %s', (name, theme: Theme) => {
  it('is sound by name and by its tokens, in both schemes', () => {
    expect(saidOf({ preset: name })).toEqual([]);
    expect(saidOf(theme)).toEqual([]);
  });

  it('can be read', () => {
    for (const { accent, surface, text, muted } of [theme, theme.dark!]) {
      expect(contrastOf(text!, surface!)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(muted!, surface!)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(accent!, surface!)).toBeGreaterThanOrEqual(3);
      expect(Math.max(contrastOf('#000000', accent!), contrastOf('#ffffff', accent!))).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  it('leaves nothing of a theme under it', () => {
    const tokens = ['accent', 'border', 'muted', 'surface', 'text'];
    expect(Object.keys(theme).sort()).toEqual([...tokens, 'dark', 'font', 'radius', 'spacing'].sort());
    expect(Object.keys(theme.dark!).sort()).toEqual(tokens);
  });
});

describe('ink', () => {
  /** What the stylesheet says without a theme. */
  const defaultsOf = (selector: string) => {
    const at = css.indexOf(`${selector}{`);
    expect(at).toBeGreaterThan(0);
    const rule = css.slice(at, css.indexOf('}', at));
    const long = (colour: string) => colour.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
    return Object.fromEntries(
      [...rule.matchAll(/--([a-z]+):(#[0-9a-f]+|\d+px)/g)].map(([, name, value]) => [name, long(value!)]),
    );
  };

  it('says the same as the stylesheet', () => {
    const { dark, radius, accent, surface, text, muted, border } = THEMES.ink;
    const light = { accent, surface, text, muted, border };
    const problem = problemOn(surface);
    expect(defaultsOf('.root')).toMatchObject({ ...light, problem, radius: `${radius}px` });
    expect(defaultsOf('.root[data-scheme=dark]')).toMatchObject({
      ...dark,
      problem: problemOn(dark.surface),
    });
  });
});

describe('withPreset', () => {
  it('puts own tokens over those of the preset', () => {
    const { dark, ...light } = THEMES.sakura;
    expect(withPreset({ preset: 'sakura' })).toEqual(THEMES.sakura);
    expect(withPreset({ preset: 'sakura', radius: 2, position: 'top', dark: { text: '#ffffff' } })).toEqual({
      ...light,
      radius: 2,
      position: 'top',
      dark: { ...dark, text: '#ffffff' },
    });
  });

  it('keeps an own accent with its text in both schemes', () => {
    const own = { accent: '#000080', accentText: '#ffffff' };
    const { dark, accent, accentText } = withPreset({ preset: 'ink', ...own });
    expect({ accent, accentText }).toEqual(own);
    expect(dark).toEqual({ ...THEMES.ink.dark, accent: '#000080' });
    expect(withPreset({ preset: 'ink', ...own, dark: { accent: '#ff8800' } }).dark!.accent).toBe('#ff8800');
  });

  it.each(['sumi', 'toString', '__proto__', 'constructor', 7, null])(
    'takes the preset %s for none',
    (preset) => expect(withPreset({ preset, accent: '#112233' } as never)).toEqual({ accent: '#112233' }),
  );

  it('changes neither what it is given nor the presets', () => {
    const [before, given] = [structuredClone(THEMES), { preset: 'kaki', dark: { text: '#ffffff' } } as const];
    const got = withPreset(given);
    got.dark!.surface = '#000000';
    expect(THEMES).toEqual(before);
    expect(given).toEqual({ preset: 'kaki', dark: { text: '#ffffff' } });
  });
});

describe('a program', () => {
  const published = (theme?: Theme) => ({ ...campaignOf(messageOf([text], { theme })), version: 1 });

  it('has tokens where the site and its campaigns have presets', () => {
    const campaigns = [published({ preset: 'kinari', radius: 0 })];
    const program = compileProgram('shop', 1, campaigns, {}, { theme: { preset: 'matcha', scheme: 'dark' } });
    expect(program.theme).toEqual({ ...THEMES.matcha, scheme: 'dark' });
    expect(program.campaigns[0]!.variants[0]!.content.theme).toEqual({ ...THEMES.kinari, radius: 0 });
    expect(JSON.stringify(program)).not.toContain('preset');
    // What is published once more is what the author wrote.
    expect(campaigns[0]!.variants[0]!.content.theme).toEqual({ preset: 'kinari', radius: 0 });
  });

  it('has no theme where there is none', () => {
    const program = compileProgram('shop', 1, [published()], {}, {});
    expect(program).not.toHaveProperty('theme');
    expect(program.campaigns[0]!.variants[0]!.content.theme).toBeUndefined();
  });
});

describe('contrast', () => {
  const warned = (theme: unknown) => {
    const problems = saidOf(theme);
    expect(problems.filter(({ severity }) => severity !== 'warning')).toEqual([]);
    for (const { message } of problems)
      expect(message).toMatch(/the contrast of #\w{6} on #\w{6} is \d+\.\d, and should be \d/);
    return problems.map(({ path }) => path);
  };

  it('is warned of where a text is hard to read', () => {
    expect(warned({ text: '#999999' })).toEqual(['theme.text']);
    // A paragraph is drawn softer than its colour.
    expect(warned({ text: '#595959' })).toEqual(['theme.text']);
    expect(warned({ text: '#585858' })).toEqual([]);
    expect(warned({ muted: '#777777' })).toEqual(['theme.muted']);
    expect(warned({ muted: '#767676' })).toEqual([]);
    expect(warned({ muted: '#aaaaaa' })).toEqual(['theme.muted']);
    expect(warned({ surface: '#888888' })).toEqual(expect.arrayContaining(['theme.surface']));
    expect(warned({ accent: '#eeeeee' })).toEqual(['theme.accent']);
    expect(warned({ accent: '#1f2a37', accentText: '#333333' })).toEqual(['theme.accentText']);
    expect(warned({ dark: { text: '#333333' } })).toEqual(['theme.dark.text']);
    expect(warned({ accent: '#1f2a37', dark: { border: '#444444' } })).toEqual(['theme.dark.accent']);
  });

  it('is that of the preset where the theme says nothing', () => {
    const { surface } = THEMES.kinari;
    const between = '#585858';
    expect(contrastOf(mixed(between, 0.82, '#ffffff'), '#ffffff')).toBeGreaterThan(4.5);
    expect(contrastOf(mixed(between, 0.82, surface), surface)).toBeLessThan(4.5);
    expect(warned({ preset: 'kinari', text: between })).toEqual(['theme.text']);
    expect(warned({ preset: 'indigo', text: between })).toEqual([]);
  });

  it('is that of the scheme it is shown in: a light text stays with an accent of the dark', () => {
    expect(warned({ accentText: '#ffffff' })).toEqual(['theme.dark.accentText']);
    expect(warned({ preset: 'indigo', accentText: '#ffffff' })).toEqual(['theme.dark.accentText']);
    expect(warned({ accent: '#1f2a37', accentText: '#ffffff' })).toEqual([]);
    expect(warned({ accentText: '#ffffff', dark: { accentText: '#000000' } })).toEqual([]);
  });

  it('is that on the site’s theme where a message’s own says nothing', () => {
    const night = { surface: '#14161a', text: '#ffffff', muted: '#b0b4ba', accent: '#ffffff' };
    const content = (theme: object) => messageOf([text], { theme });
    const warnings = (theme: object, file?: object) =>
      problemsOf(content(theme), {}, file).map(({ path, message }) => [path, message]);
    const at = 'campaigns[0].variants[0].content.theme';
    expect(warnings({ muted: '#666666' })).toEqual([]);
    expect(warnings({ muted: '#666666' }, { theme: night })).toEqual([
      [`${at}.muted`, expect.stringContaining('the contrast of #666666 on #14161a is 3.2')],
    ]);
    expect(warnings({ text: '#e0e0e0' }, { theme: night })).toEqual([]);
    expect(warnings({ text: '#e0e0e0' }, { theme: { preset: 'kaki' } })).toHaveLength(1);
    // What another file of the site says.
    const known = { segments: [], theme: night };
    expect(validateCampaignFile(fileOf(content({ text: '#e0e0e0' })), known, NOW).problems).toEqual([]);
    expect(validateCampaign(campaignOf(content({ muted: '#666666' })), known).problems).toHaveLength(1);
  });

  it('of what is wrong with an answer is that of the red that reads better', () => {
    const dark = { surface: '#222222', text: '#ffffff', muted: '#cccccc', accent: '#ffffff' };
    expect(warned(dark)).toEqual([]);
    expect(saidOf({ surface: '#7a7a7a' }).map(({ message }) => message)).toContainEqual(
      expect.stringContaining('makes what is wrong with an answer hard to read'),
    );
  });

  it('of what the stylesheet mixes is that of its mixtures', () => {
    expect(css).toContain('.text{color:color-mix(in srgb,var(--text) 82%,var(--surface))}');
    expect(css).toContain('--line:color-mix(in srgb,var(--muted) 80%,var(--surface))');
  });

  it('of the text of buttons stays what it is under the pointer', () => {
    const [, hovered] = /\.button:hover\{(.*?)\}/.exec(css)!;
    const share = /--accent\) (\d+)%/.exec(hovered!)?.[1] ?? 100;
    const greys = Array.from(
      { length: 256 },
      (_, grey) => `#${grey.toString(16).padStart(2, '0').repeat(3)}`,
    );
    const own = ['#697878', ...greys].map((accent): Theme => ({ ...THEMES.ink, accent }));
    for (const theme of [...Object.values(THEMES), ...own])
      for (const isDark of [false, true]) {
        const { accent, accentText, surface } = coloursOf([theme], isDark);
        const ground = mixed(accent!, Number(share) / 100, surface!);
        expect(contrastOf(accentText!, ground), `${accentText} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    expect(hovered).not.toMatch(/color:|opacity|filter/);
  });

  it('lets the edges of fields be seen wherever secondary text can be read', () =>
    fc.assert(
      fc.property(colour, colour, (muted, surface) => {
        fc.pre(contrastOf(muted, surface) >= 4.5);
        expect(contrastOf(mixed(muted, 0.8, surface), surface)).toBeGreaterThanOrEqual(3);
      }),
    ));

  it('is not reckoned with what is no colour', () => {
    expect(saidOf({ text: 'white', surface: '#fff' }).map(({ path, severity }) => [path, severity])).toEqual([
      ['theme.surface', 'error'],
      ['theme.text', 'error'],
    ]);
    const strange = { toString: 1 };
    expect(saidOf({ preset: strange, text: strange, dark: strange, radius: 'x' })).not.toEqual([]);
  });
});
