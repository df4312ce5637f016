import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApiError } from '../../../src/console/api/request.js';
import { request } from '../../../src/console/api/request.js';
import { CookieRefused, signIn } from '../../../src/console/api/session.js';
import { en } from '../../../src/console/language/en.js';
import { signInTrouble } from '../../../src/console/screens/signIn.js';
import { describeError } from '../../../src/console/shell/failure.js';

const answers = (...responses: (Response | Error)[]) => {
  const fetch = vi.fn(async (_path: string, _init?: RequestInit) => {
    const next = responses.shift();
    if (!next || next instanceof Error) throw next ?? new Error('no answer left');
    return next;
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
};

const problem = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

afterEach(() => vi.unstubAllGlobals());

const failure = (path = '/x') =>
  request(path).then(
    () => expect.fail('the request should fail'),
    (error: unknown) => error as ApiError,
  );

describe('request', () => {
  it('carries title, detail and request id of problem+json to the screen', async () => {
    answers(problem(400, { title: 'Bad Request', detail: 'days must be 1-90', requestId: 'r-1' }));
    const error = await failure();
    expect(error).toMatchObject({
      status: 400,
      title: 'Bad Request',
      detail: 'days must be 1-90',
      requestId: 'r-1',
    });
    expect(describeError(error, en)).toEqual({ text: 'days must be 1-90', requestId: 'r-1' });
  });

  it('survives an error page that is not JSON', async () => {
    answers(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(describeError(await failure(), en)).toEqual({ text: 'HTTP 502', requestId: null });
  });

  it('says that nothing answers when the network fails', async () => {
    answers(new TypeError('Failed to fetch'));
    const error = await failure();
    expect(error.status).toBe(0);
    expect(describeError(error, en).text).toBe(en.errors.offline);
  });

  it('does not take a page for a report', async () => {
    answers(new Response('<!doctype html>', { status: 200 }));
    expect(describeError(await failure(), en).text).toBe(en.errors.unexpected);
  });

  it('sends the CSRF token and JSON on mutations', async () => {
    const fetch = answers(new Response(null, { status: 204 }));
    await request('/session', { method: 'DELETE', csrf: 'token' });
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/session');
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      method: 'DELETE',
      credentials: 'same-origin',
      headers: { 'x-kikubari-csrf': 'token' },
    });
  });
});

describe('signIn', () => {
  const session = { email: 'a@b', role: 'admin', csrf: 'c', sites: [] };
  const credentials = { email: 'a@b', password: 'p' };

  it('gives the session that the cookie proves', async () => {
    answers(Response.json(session), Response.json({ ...session, csrf: 'from GET' }));
    expect((await signIn(credentials)).csrf).toBe('from GET');
  });

  it('tells a refused cookie from a wrong password', async () => {
    answers(Response.json(session), problem(401, { title: 'Unauthorized' }));
    const error = await signIn(credentials).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CookieRefused);
    expect(signInTrouble(error, en)).toBe(en.signIn.cookie);

    answers(problem(401, { title: 'Unauthorized' }));
    const wrong = await signIn(credentials).catch((thrown: unknown) => thrown);
    expect(signInTrouble(wrong, en)).toBe(en.signIn.wrong);
  });

  it('tells how long to wait after too many attempts', async () => {
    answers(problem(429, { title: 'Too Many Requests' }, { 'retry-after': '30' }));
    const error = await signIn(credentials).catch((thrown: unknown) => thrown);
    expect(signInTrouble(error, en)).toBe(en.signIn.tooMany('30'));
  });
});
