import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openVisitor } from './browser.js';
import type { Visitor } from './browser.js';
import { banner, modal, slideIn, survey, tab } from './messages.fixture.js';
import {
  focusedText,
  layoutShift,
  mountHere,
  said,
  serveMessages,
  show,
  violations,
} from './messagesPage.js';
import type { MessagesServer } from './messagesPage.js';

interface Audit {
  violations: { id: string; nodes: { target: string[] }[] }[];
}

let server: MessagesServer;
let visitor: Visitor;

beforeAll(async () => {
  server = await serveMessages();
  visitor = await openVisitor();
});
afterAll(async () => {
  await visitor?.close();
  server?.close();
});
beforeEach(async () => {
  await visitor.page.setViewportSize({ width: 1280, height: 720 });
  await visitor.page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light', forcedColors: 'none' });
});

const names = async () => (await said(visitor.page)).map(([name]) => name);
const click = (selector: string) => visitor.page.locator(selector).click();
const press = (key: string) => visitor.page.keyboard.press(key);
const focused = () => focusedText(visitor.page);
const settled = () => visitor.page.waitForTimeout(80);

describe('under a CSP without styles and with Trusted Types', () => {
  test('every format and every question kind comes up with no violation and no layout shift', async () => {
    const { page, problems } = visitor;
    for (const content of [modal, banner, slideIn]) {
      expect(await show(page, server.origin, content)).toBe(true);
      await page.locator('.surface').waitFor();
      expect(await page.evaluate('window.surveyLoads')).toBe(0);
      expect([await violations(page), await layoutShift(page)]).toEqual([[], 0]);
    }
    await show(page, server.origin, survey);
    expect(await page.evaluate('window.surveyLoads')).toBe(1);
    await click('label:has-text("3")');
    await click('.steps .button');
    await click('.choices label >> nth=1');
    await click('.steps .button >> nth=1');
    await click('.csat label >> nth=3');
    await click('.steps .button >> nth=1');
    await page.getByText('Thank you').waitFor();
    expect([await violations(page), await layoutShift(page)]).toEqual([[], 0]);
    await show(page, server.origin, tab);
    await click('.launcher button');
    await page.locator('.surface').waitFor();
    expect([await violations(page), await layoutShift(page)]).toEqual([[], 0]);
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
  });

  test('a violation would have been noticed', async () => {
    const { page } = visitor;
    await show(page, server.origin, modal);
    await page.evaluate(() => document.body.setAttribute('style', 'color:red'));
    await page.waitForFunction('window.violations.length');
    expect(await violations(page)).toHaveLength(1);
  });
});

describe('a modal', () => {
  test('takes the focus to its heading, keeps it, and gives it back on Esc', async () => {
    await show(visitor.page, server.origin, modal);
    expect(await focused()).toBe('Your cart is still warm');
    const visited = new Set<string>();
    for (let tabs = 0; tabs < 8; tabs++) {
      await press('Tab');
      visited.add(await focused());
    }
    expect(visited).toContain('Close');
    expect(visited).not.toContain('Add to cart');
    expect(visited).not.toContain('More');
    await press('Escape');
    await settled();
    expect(await focused()).toBe('Add to cart');
    // Tab may pass through the browser's own controls, and is then the page's; Esc never is.
    expect((await said(visitor.page)).filter(([, key]) => key != 'Tab')).toEqual([
      ['shown'],
      ['closed', 'escape'],
    ]);
    expect(await visitor.page.locator('[data-kikubari]').count()).toBe(0);
  });

  test('closes by a click beside it, not in it', async () => {
    await show(visitor.page, server.origin, modal);
    await click('h2');
    await visitor.page.mouse.click(20, 20);
    await settled();
    expect(await said(visitor.page)).toEqual([['shown'], ['closed', 'backdrop']]);
  });

  test('copies its coupon and says so', async () => {
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    await show(visitor.page, server.origin, modal);
    await click('.ticket button');
    await visitor.page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toBe('THANKYOU10');
    expect(await said(visitor.page)).toContainEqual(['clicked', 'coupon', 'copy']);
    expect(await visitor.page.locator('[role=status]').textContent()).toBe('Copied');
  });

  test('follows a link and says what was clicked', async () => {
    await show(visitor.page, server.origin, modal);
    await click('text=Go to the cart');
    await settled();
    expect(visitor.page.url()).toContain('#cart');
    expect(await said(visitor.page)).toEqual([
      ['shown'],
      ['clicked', 'to-cart', 'link'],
      ['closed', 'action'],
    ]);
  });
});

describe.each([
  ['banner', banner],
  ['slide-in', slideIn],
  ['survey', survey],
])('a non-modal message: %s', (_, content) => {
  test('never takes the focus, lets the page be used, and announces itself', async () => {
    const { page } = visitor;
    await show(page, server.origin, content);
    expect(await focused()).toBe('Add to cart');
    await page.waitForFunction(
      () =>
        document.querySelector('[data-kikubari]')!.shadowRoot!.querySelector('[role=status]')!.textContent,
    );
    await press('Escape');
    await click('#host');
    await settled();
    expect(await names()).toEqual(expect.arrayContaining(['shown', 'host key', 'host clicked']));
    expect(await names()).not.toContain('closed');
    expect(await focused()).toBe('Add to cart');
  });

  test('closes on Esc only when the focus is inside, and hands it back', async () => {
    const { page } = visitor;
    await show(page, server.origin, content);
    await page.locator('.close').focus();
    await press('Escape');
    await settled();
    expect(await said(page)).toContainEqual(['closed', 'escape']);
    expect(await names()).not.toContain('host key');
    expect(await focused()).toBe('Add to cart');
  });
});

describe('a survey', () => {
  test('branches by the answer, goes back with answers kept, and ends on the closing card', async () => {
    const { page } = visitor;
    await show(page, server.origin, survey);
    await page.getByRole('radio', { name: '9 of 10' }).check();
    await page.getByText('Step 1 of 3').waitFor();
    await click('text=Next');
    expect(await focused()).toBe('');
    await page.keyboard.type('The smell ?');
    await click('text=Back');
    expect(await page.getByRole('radio', { name: '9 of 10' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: '3 of 10' }).check();
    await click('text=Next');
    await page.getByText('What let you down?').waitFor();
    await page.getByRole('checkbox', { name: 'Price' }).check();
    await page.getByRole('checkbox', { name: 'Something else' }).check();
    await click('text=Next');
    await click('text=Send');
    await page.getByText('Thank you').waitFor();
    const answers = (await said(page)).filter(([name]) => name == 'answered').map(([, answer]) => answer);
    expect(answers).toEqual([
      {
        card: 'score',
        question: 'recommend',
        kind: 'nps',
        value: 9,
        wording: 'How likely are you to recommend us to a friend?',
      },
      {
        card: 'score',
        question: 'recommend',
        kind: 'nps',
        value: 3,
        wording: 'How likely are you to recommend us to a friend?',
      },
      {
        card: 'detractor',
        question: 'disappointed',
        kind: 'choice',
        value: ['price', 'other'],
        wording: 'What let you down?',
      },
    ]);
    expect(await names()).not.toContain('host key');
    await page.getByRole('button', { name: 'Close' }).last().click();
    await settled();
    expect((await said(page)).slice(-2)).toEqual([['completed'], ['closed', 'end']]);
  });

  test('works by keyboard alone; arrows choose and do not send', async () => {
    const { page } = visitor;
    await show(page, server.origin, survey);
    await page.locator('.nps input').first().focus();
    for (let times = 0; times < 4; times++) await press('ArrowRight');
    expect(await focused()).toBe('4 of 10');
    expect(await names()).not.toContain('answered');
    await press('Enter');
    await page.getByText('What let you down?').waitFor();
    expect(await focused()).toContain('What let you down?');
  });

  test('asks for a required answer in words tied to the question', async () => {
    const { page } = visitor;
    await show(page, server.origin, survey, { languages: ['ja-JP'] });
    await click('text=次へ');
    const group = page.getByRole('group', { name: '当店を親しい方にすすめたいと思いますか？' });
    await page.getByRole('alert').filter({ hasText: 'いずれかをお選びください。' }).waitFor();
    expect(await group.getAttribute('aria-describedby')).toContain('problem-recommend');
    expect(await focused()).toBe('10点中0点');
    expect(await page.locator('[data-kikubari]').getAttribute('lang')).toBe('ja');
    expect(await names()).not.toContain('answered');
  });

  test('resumes at the first question without an answer', async () => {
    await show(visitor.page, server.origin, survey, { answers: { recommend: 10 } });
    await visitor.page.getByText('What did you like best?').waitFor();
    expect(await focused()).toBe('Add to cart');
  });

  test('is not shown at all when its chunk cannot be had', async () => {
    expect(await show(visitor.page, server.origin, survey, { noSurvey: true })).toBe(false);
    expect(await visitor.page.locator('[data-kikubari]').count()).toBe(0);
  });
});

describe('a feedback tab', () => {
  test('loads the survey when opened, takes the focus in and back, and can be opened again', async () => {
    const { page } = visitor;
    await show(page, server.origin, tab);
    expect(await focused()).toBe('Add to cart');
    expect(await page.evaluate('window.surveyLoads')).toBe(0);
    await page.locator('.launcher button').focus();
    await press('Enter');
    await page.getByText('What is it about?').waitFor();
    expect(await focused()).toBe('What is it about?');
    await page.getByRole('radio', { name: 'My order' }).check();
    await click('text=Next');
    await press('Escape');
    await settled();
    expect(await focused()).toBe('Feedback');
    await press('Enter');
    await page.getByText('Please tell us more').waitFor();
    const sheets = () => document.querySelector('[data-kikubari]')!.shadowRoot!.adoptedStyleSheets.length;
    // The frame's, the launcher's and the questions', each once.
    expect(await page.evaluate(sheets)).toBe(3);
    await page.keyboard.type('Lovely.');
    await click('text=Send');
    await settled();
    expect(await names()).toEqual([
      'shown',
      'opened',
      'answered',
      'closed',
      'opened',
      'answered',
      'completed',
      'closed',
    ]);
    expect((await said(page)).filter(([name]) => name == 'closed').flat()).toEqual([
      'closed',
      'escape',
      'closed',
      'end',
    ]);
    expect(await page.locator('.launcher').isVisible()).toBe(true);
  });
});

describe('on hard pages', () => {
  test('comes back three times when removed, then gives up', async () => {
    const { page } = visitor;
    await show(page, server.origin, slideIn);
    for (let times = 0; times < 3; times++) {
      await page.evaluate(() => document.querySelector('[data-kikubari]')!.remove());
      await page.locator('.surface').waitFor();
    }
    await page.evaluate(() => document.body.replaceChildren());
    await settled();
    expect(await said(page)).toEqual([['shown'], ['closed', 'removed']]);
  });

  test('hostile styles of the page change nothing', async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 800, height: 600 });
    await show(page, server.origin, slideIn);
    const plain = await page.locator('.surface').screenshot();
    const hostile = await serveMessages({
      hostCss:
        '*{all:unset!important;color:red!important;font-size:40px!important;text-transform:uppercase!important;pointer-events:none!important}' +
        'body{transform:rotate(3deg)!important;opacity:.2!important} div{display:none!important;visibility:hidden!important;zoom:2!important}',
    });
    try {
      await show(page, hostile.origin, slideIn);
      expect(Buffer.compare(await page.locator('.surface').screenshot(), plain)).toBe(0);
    } finally {
      hostile.close();
    }
  });

  test('refuses links that run script and content it does not know', async () => {
    const { page } = visitor;
    const link = (id: string, href: string) => ({
      id,
      label: id,
      action: { do: 'link' as const, href, newTab: true },
    });
    const buttons = [
      link('bad', 'java\tscript:alert(1)'),
      link('data', 'data:text/html,x'),
      link('good', 'https://example.com/'),
    ];
    const blocks = [
      { block: 'heading' as const, text: 'Hi' },
      { block: 'hologram' } as never,
      { block: 'buttons' as const, buttons },
    ];
    await show(page, server.origin, { format: 'slide-in', cards: [{ id: 'a', blocks }] });
    expect(await page.locator('.buttons > *').allTextContents()).toEqual(['good']);
    expect(await page.locator('.buttons a').getAttribute('rel')).toBe('noopener noreferrer');
    expect(await mountHere(page, { format: 'hologram' as never, cards: [] })).toBe(false);
    expect(await mountHere(page, null as never)).toBe(false);
  });

  test('motion is for those who want it', async () => {
    const { page } = visitor;
    // The one frame in which an image comes, so that it is no largest paint, is no motion.
    const animations = () =>
      page.evaluate(
        () =>
          document
            .querySelector('[data-kikubari]')!
            .shadowRoot!.getAnimations()
            .filter(({ effect }) => Number(effect!.getTiming().duration) > 20).length,
      );
    await show(page, server.origin, slideIn);
    expect(await animations()).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    // It takes a fifth of a second, which a busy machine lets pass before it asks.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Animation.enable');
    await devtools.send('Animation.setPlaybackRate', { playbackRate: 0.01 });
    await show(page, server.origin, slideIn);
    expect(await animations()).toBeGreaterThan(0);
    expect(await layoutShift(page)).toBe(0);
    await devtools.detach();
  });
});

describe('accessibility', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const audit = async (what: string) => {
    // Evaluated, not injected: a script element would be stopped by the page's CSP.
    await visitor.page.evaluate(axe);
    await settled();
    const found = await visitor.page.evaluate(async (runOnly) => {
      const { axe } = window as unknown as { axe: { run(where: Document, options: object): Promise<Audit> } };
      return (await axe.run(document, { runOnly })).violations;
    }, tags);
    const lines = found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
    return lines.map((line) => `${what}: ${line}`);
  };

  test.each([
    ['light, wide', { width: 1280, scheme: 'light', language: 'en' }],
    ['dark, wide, Japanese', { width: 1280, scheme: 'dark', language: 'ja' }],
    ['light, 320 px, Japanese', { width: 320, scheme: 'light', language: 'ja' }],
    ['forced colours', { width: 360, scheme: 'light', language: 'en', forced: true }],
  ] as const)('axe finds nothing: %s', async (_, { width, scheme, language, ...more }) => {
    const { page } = visitor;
    await page.setViewportSize({ width, height: 640 });
    const forcedColors = 'forced' in more ? 'active' : 'none';
    await page.emulateMedia({ colorScheme: scheme, forcedColors, reducedMotion: 'reduce' });
    const found: string[] = [];
    for (const content of [modal, banner, slideIn]) {
      await show(page, server.origin, content, { languages: [language] });
      found.push(...(await audit(content.format)));
    }
    await show(page, server.origin, survey, { languages: [language] });
    await click('.steps .button');
    found.push(...(await audit('nps, missing')));
    await show(page, server.origin, survey, { languages: [language], answers: { recommend: 2 } });
    found.push(...(await audit('choice')));
    await show(page, server.origin, survey, {
      languages: [language],
      answers: { recommend: 2, disappointed: ['price'] },
    });
    found.push(...(await audit('csat')));
    await click('.steps .button >> nth=1');
    found.push(...(await audit('thanks')));
    await show(page, server.origin, tab, { languages: [language], answers: { reason: 'site' } });
    found.push(...(await audit('launcher')));
    await click('.launcher button');
    await page.locator('textarea').waitFor();
    found.push(...(await audit('text')));
    expect(found).toEqual([]);
  });

  test('targets are large enough, and nothing scrolls sideways at 320 px', async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 320, height: 640 });
    await show(page, server.origin, survey);
    const sizes = await page
      .locator('.nps label')
      .evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().toJSON()));
    expect(sizes).toHaveLength(11);
    for (const { width, height } of sizes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(32);
    const close = (await page.locator('.close').boundingBox())!;
    expect([close.width, close.height]).toEqual([44, 44]);
    expect(
      await page.locator('.surface').evaluate((surface) => surface.scrollWidth - surface.clientWidth),
    ).toBe(0);
  });

  test.each(['en', 'ja'])('a banner covers little of a small screen: %s', async (language) => {
    const { page } = visitor;
    await page.setViewportSize({ width: 360, height: 640 });
    await show(page, server.origin, banner, { languages: [language] });
    const box = (await page.locator('.surface').boundingBox())!;
    expect((box.width * box.height) / (360 * 640)).toBeLessThanOrEqual(0.15);
  });
});
