import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../../src/core/content.js';
import { openVisitor, type Visitor } from '../browser.js';
import type { preview as Preview } from '../../../src/sdk/preview.js';
import { serveGallery } from '../gallery.js';
import { VECTORS } from './vectors.js';

let visitor: Visitor;
let gallery: { origin: string; close: () => unknown };
const asked: string[] = [];

beforeAll(async () => {
  visitor = await openVisitor();
  gallery = await serveGallery();
  visitor.page.on('request', (request) => {
    if (new URL(request.url()).hostname.includes('attacker')) asked.push(request.url());
  });
});
afterAll(async () => {
  await visitor?.close();
  gallery?.close();
});

/** Messages in which one text, address or colour stands in every place an author or a visitor can fill. */
function everywhere(vector: string): { contents: Content[]; placements: number } {
  const text = { en: vector, ja: vector };
  const theme = {
    accent: vector,
    surface: vector,
    text: vector,
    font: vector,
    radius: vector,
    dark: { accent: vector },
  };
  const message = {
    format: 'slide-in',
    label: vector,
    position: vector,
    theme,
    cards: [
      {
        id: vector,
        blocks: [
          { block: 'heading', text },
          { block: 'text', text },
          { block: 'text', text: `[${vector.replace(/[[\]]/g, '')}](${vector.replace(/[\s(){}]/g, '')})` },
          {
            block: 'text',
            text: '{{ visitor.name | default: "x" }} {{ event.search | default: "x" }} {{ page.title | default: "x" }}',
          },
          {
            block: 'text',
            text: '{{ values.viewed | date | money: "JPY" | default: "x" }} {{ page.referrer | default: "" }}',
          },
          { block: 'image', src: vector, alt: vector, width: 10, height: 10 },
          { block: 'coupon', code: vector, label: vector },
          { block: 'countdown', until: '2099-01-01T00:00:00Z', label: vector, ended: vector },
          { block: 'product', id: vector, name: text, price: vector, src: vector, href: vector },
          {
            block: 'product',
            id: 'p',
            name: '{{ values.viewed | default: "x" }}',
            src: '{{ values.viewed | default: "" }}',
            href: '{{ values.viewed | default: "" }}',
          },
          {
            block: 'buttons',
            buttons: [
              { id: vector, label: vector, action: { do: 'link', href: vector, newTab: true } },
              { id: 'a', label: 'a', action: { do: 'link', href: '{{ visitor.name | default: "#" }}' } },
              { id: 'b', label: vector, action: { do: vector } },
            ],
          },
        ],
      },
    ],
  };
  const ask = (question: object) => ({
    block: 'question',
    question: { label: text, low: vector, high: vector, ...question },
  });
  const survey = {
    format: 'tab',
    launcher: vector,
    label: vector,
    cards: [
      {
        id: 'a',
        blocks: [
          ask({ kind: 'nps', id: vector }),
          ask({
            kind: 'choice',
            id: 'c',
            other: vector,
            choices: [
              { value: vector, label: vector },
              { value: 'b', label: vector },
            ],
          }),
          ask({ kind: 'choice', id: 'd', look: 'dropdown', choices: [{ value: vector, label: vector }] }),
          ask({ kind: 'picture', id: 'e', choices: [{ value: vector, src: vector, label: vector }] }),
          ask({ kind: 'text', id: 'f', placeholder: vector }),
          ask({ kind: 'date', id: 'g', from: vector, until: vector }),
        ],
      },
    ],
  };
  const placed = JSON.stringify([message, survey]).split(JSON.stringify(vector).slice(1, -1)).length - 1;
  // Four values of the visitor's, in six placeholders.
  return { contents: [message, survey] as unknown as Content[], placements: placed + 6 };
}

describe('F30, what authors and visitors write', () => {
  test(`is text or refused, in ${VECTORS.length} disguises`, async () => {
    expect(VECTORS.length).toBeGreaterThan(500);
    const { page } = visitor;
    await page.goto(`${gallery.origin}/view.html?sample=banner&wait`);
    await page.waitForFunction('window.show');
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    let placements = 0;
    const found: string[] = [];
    for (let from = 0; from < VECTORS.length; from += 40) {
      const batch = VECTORS.slice(from, from + 40).map((vector) => ({ vector, ...everywhere(vector) }));
      placements += batch.reduce((sum, { placements: count }) => sum + count, 0);
      // As text: types of a content are too deep for the driver.
      found.push(...(await page.evaluate<string[]>(`(${placeAll.toString()})(${JSON.stringify(batch)})`)));
    }
    await page.waitForTimeout(500);
    expect(found).toEqual([]);
    expect({ ran: await page.evaluate('window.ran ?? 0'), dialogs, asked }).toEqual({
      ran: 0,
      dialogs: 0,
      asked: [],
    });
    expect(page.url()).toContain('/view.html');
    expect(placements).toBeGreaterThan(5000);
  }, 240_000);

  test('would have been noticed', async () => {
    const { page } = visitor;
    await page.evaluate(
      (vector) => document.body.insertAdjacentHTML('beforeend', vector),
      VECTORS.find((vector) => vector.startsWith('<img src=x onerror="window'))!,
    );
    await page.waitForFunction('window.ran === 1');
    await expect.poll(() => asked.length).toBe(1);
  });
});

/** Runs in the page: shows all, looks for what must not be there, clicks on what can be clicked. */
async function placeAll(batch: { vector: string; contents: Content[] }[]): Promise<string[]> {
  const { preview } = window as unknown as { preview: typeof Preview };
  const found: string[] = [];
  for (const { vector, contents } of batch)
    for (const content of contents) {
      const shown = await preview({
        content,
        allowsContacts: true,
        now: 0,
        visitor: {
          attributes: { name: vector },
          event: { search: vector },
          values: { viewed: vector },
          page: { url: vector, title: vector, referrer: vector },
        },
      });
      if (!shown) continue;
      const root = document.querySelector('[data-kikubari]')!.shadowRoot!;
      root.querySelector<HTMLElement>('.launcher button')?.click();
      await new Promise((resolve) => setTimeout(resolve));
      await new Promise((resolve) => setTimeout(resolve));
      for (const element of root.querySelectorAll('*')) {
        if (
          /^(script|style|iframe|object|embed|base|link|meta|math|marquee|video|audio|template)$/.test(
            element.localName,
          )
        )
          found.push(`${element.localName} of ${vector}`);
        for (const { name, value } of element.attributes) {
          if (
            /^on|^style$|^srcdoc$|^formaction$/.test(name) &&
            !(name === 'style' && !/url|expression/.test(value))
          )
            found.push(`${name} of ${vector}`);
          if (
            /^(href|src|action)$/.test(name) &&
            !/^(https?|mailto|tel):$/.test(new URL(value, location.href).protocol)
          )
            found.push(`${name}=${value} of ${vector}`);
        }
      }
      for (const link of root.querySelectorAll('a')) {
        link.addEventListener('click', (event) => event.preventDefault());
        link.click();
      }
      shown.unmount();
    }
  return found;
}

describe('F31, templates', () => {
  test('fill in own properties as text, of 200 characters at most', async () => {
    const { page } = visitor;
    const texts = await page.evaluate(async () => {
      const { preview } = window as unknown as { preview: typeof Preview };
      const say = async (text: string, name: string) => {
        const shown = await preview({
          content: { format: 'slide-in', cards: [{ id: 'a', blocks: [{ block: 'text', text }] }] },
          visitor: { attributes: { name } },
        });
        const said = document
          .querySelector('[data-kikubari]')!
          .shadowRoot!.querySelector('.text')!.textContent;
        shown!.unmount();
        return said;
      };
      return [
        await say("{{constructor.constructor('window.ran=1')()}}", ''),
        await say('{{ visitor.constructor.name | default: "none" }}', ''),
        await say('{{ visitor.__proto__.x | default: "none" }}', ''),
        await say('${window.ran=1}', ''),
        await say('{{{{ visitor.name | default: "none" }}}}', 'Sato'),
        await say('{{ visitor.name | default: "none" }}!', '{{ visitor.name }}'),
        await say('{{ visitor.name | default: "none" }}!', 'a\u202eb'),
        await say('{{ visitor.name | default: "none" }}!', 'x'.repeat(1_000_000)),
      ];
    });
    expect(texts.slice(0, 7)).toEqual([
      "{{constructor.constructor('window.ran=1')()}}",
      'none',
      'none',
      '${window.ran=1}',
      '{{Sato}}',
      '{{ visitor.name }}!',
      'ab!',
    ]);
    expect(texts[7]!.length).toBeLessThanOrEqual(202);
    expect(await page.evaluate('window.ran ?? 0')).toBe(1);
  });
});
