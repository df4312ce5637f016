import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../../src/core/compile.js';
import type { Theme } from '../../../../src/core/content.js';
import { contrastOf } from '../../../../src/core/contrast.js';
import { THEMES, withPreset } from '../../../../src/core/themes.js';
import { css } from '../../../../src/sdk/messages/styles.js';
import { campaignOf, messageOf, problemsOf } from './content.fixture.js';

const NAMES = Object.entries(THEMES);
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
    expect(defaultsOf('.root')).toMatchObject({ ...light, radius: `${radius}px` });
    expect(defaultsOf('.root[data-scheme=dark]')).toMatchObject(dark);
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
    expect(warned({ text: '#777777' })).toEqual(['theme.text']);
    expect(warned({ text: '#767676' })).toEqual([]);
    expect(warned({ muted: '#aaaaaa' })).toEqual(['theme.muted']);
    expect(warned({ surface: '#888888' })).toEqual(expect.arrayContaining(['theme.surface']));
    expect(warned({ accent: '#eeeeee' })).toEqual(['theme.accent']);
    expect(warned({ accent: '#1f2a37', accentText: '#333333' })).toEqual(['theme.accentText']);
    expect(warned({ dark: { text: '#333333' } })).toEqual(['theme.dark.text']);
    expect(warned({ accent: '#1f2a37', dark: { border: '#444444' } })).toEqual(['theme.dark.accent']);
  });

  it('is that of the preset where the theme says nothing', () => {
    const { surface } = THEMES.kinari;
    const between = '#767676';
    expect(contrastOf(between, '#ffffff')).toBeGreaterThan(4.5);
    expect(contrastOf(between, surface)).toBeLessThan(4.5);
    expect(warned({ preset: 'kinari', text: between })).toEqual(['theme.text']);
    expect(warned({ preset: 'indigo', text: between })).toEqual([]);
  });

  it('is that of the scheme it is shown in: a light text stays with an accent of the dark', () => {
    expect(warned({ accentText: '#ffffff' })).toEqual(['theme.dark.accentText']);
    expect(warned({ preset: 'indigo', accentText: '#ffffff' })).toEqual(['theme.dark.accentText']);
    expect(warned({ accent: '#1f2a37', accentText: '#ffffff' })).toEqual([]);
    expect(warned({ accentText: '#ffffff', dark: { accentText: '#000000' } })).toEqual([]);
  });

  it('is not reckoned with what is no colour', () => {
    expect(saidOf({ text: 'white', surface: '#fff' }).map(({ path, severity }) => [path, severity])).toEqual([
      ['theme.surface', 'error'],
      ['theme.text', 'error'],
    ]);
  });
});
