/** A page under the strictest CSP that still loads our chunks, on a loopback server; mounts what a test asks for. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import type { Content } from '../../src/core/content.js';
import type { MessageRequest } from '../../src/sdk/messages/contract.js';
import { bundleMessages } from './messagesBundle.js';

const csp = [
  "default-src 'none'",
  "style-src 'none'",
  "script-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const dot =
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320"><rect width="640" height="320" fill="#cbd5c0"/></svg>';

/** The page's own script: what a test calls, and what the message said. */
const harness = `
import { mount } from './mount.js';
window.said = []; window.violations = []; window.shift = 0; window.surveyLoads = 0;
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.sample));
new PerformanceObserver((list) => list.getEntries().forEach((entry) => (shift += entry.hadRecentInput ? 0 : entry.value))).observe({ type: 'layout-shift', buffered: true });
const say = (name) => (...args) => said.push([name, ...args]);
const names = ['shown', 'clicked', 'answered', 'completed', 'closed', 'track', 'called', 'open', 'opened', 'failed'];
window.show = async (request) => {
  // What is passed over is kept and told nobody.
  const events = { passedOver() {}, ...Object.fromEntries(names.map((name) => [name, say(name)])) };
  window.message = await mount({ ...request, now: () => Date.now() }, events, () => (surveyLoads++, request.noSurvey ? Promise.reject(new Error('offline')) : import('./survey.js')));
  return !!message;
};
document.querySelector('#host').addEventListener('click', () => said.push(['host clicked']));
document.addEventListener('keydown', ({ key }) => said.push(['host key', key]));
window.ready = true;`;

const page = (
  style: string,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${style && '<link rel="stylesheet" href="/host.css">'}</head>
<body><main><h1>Tea</h1><p>Sencha from Uji, picked in May.</p><button id="host">Add to cart</button>
<p><a href="#more">More</a></p></main><script type="module" src="/harness.js"></script></body></html>`;

export interface MessagesServer {
  origin: string;
  close(): void;
}

/** `hostCss` is the page's own stylesheet; with one, `style-src` admits it and nothing else. */
export async function serveMessages({ hostCss = '' } = {}): Promise<MessagesServer> {
  const files: { [path: string]: [type: string, body: string] } = {
    '/': ['text/html', page(hostCss)],
    '/harness.js': ['text/javascript', harness],
    '/host.css': ['text/css', hostCss],
    '/dot.svg': ['image/svg+xml', dot],
  };
  for (const [file, code] of Object.entries(await bundleMessages()))
    files[`/${file}`] = ['text/javascript', code];
  const server = createServer(({ url }, response) => {
    const [type, body] = files[url ?? ''] ?? ['text/plain', ''];
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.setHeader(
      'content-security-policy',
      hostCss ? csp.replace("style-src 'none'", "style-src 'self'") : csp,
    );
    response.statusCode = files[url ?? ''] ? 200 : 404;
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** Opens the page and mounts the content; false if it could not be shown. */
export async function show(
  page: Page,
  origin: string,
  content: Content,
  more: Partial<MessageRequest> & { noSurvey?: boolean } = {},
): Promise<boolean> {
  await page.goto(origin);
  await page.waitForFunction('window.ready');
  await page.locator('#host').focus();
  return mountHere(page, content, more);
}

/** A visitor of whom nothing is known. */
const NOBODY: MessageRequest['known'] = {
  facts: {
    visitor: 'v',
    attributes: {},
    consent: [],
    page: { url: '' },
    device: {},
    visit: { session: 's', number: 1, pages: 1, startedAt: 0 },
    signals: { dwell: 0, scroll: 0 },
  },
};

/** Mounts the content on the page as it is. */
export function mountHere(
  page: Page,
  content: Content,
  more: Partial<MessageRequest> & { noSurvey?: boolean } = {},
): Promise<boolean> {
  const request = {
    campaign: 'c',
    version: 1,
    variant: 'v',
    content,
    languages: ['en'],
    language: 'en',
    userActivated: false,
    known: NOBODY,
    ...more,
  };
  // As text: Playwright's types cannot unfold a recursive JSON type.
  return page.evaluate(`window.show(${JSON.stringify(request)})`);
}

/** What the message told the page so far, by name and arguments. */
export const said = (page: Page): Promise<unknown[][]> => page.evaluate('window.said');
export const violations = (page: Page): Promise<string[]> => page.evaluate('window.violations');
export const layoutShift = (page: Page): Promise<number> => page.evaluate('window.shift');
/** The element with the focus, looked up into our shadow root. */
export const focusedText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });
