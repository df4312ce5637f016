import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Session } from '../api.js';
import { truncateAddress } from '../http/clientAddress.js';
import { Problem } from '../http/problems.js';
import type { Programs } from '../programs.js';
import type { Store } from '../store/storeClient.js';
import { verifyPassword } from './passwords.js';
import { COOKIE_NAME, type OpenSession, type Sessions } from './sessions.js';
import type { Throttle } from './throttle.js';

const SignIn = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 1024 }),
});

export interface SessionDeps {
  store: Store;
  sessions: Sessions;
  programs: Programs;
  perAccount: Throttle;
  perAddress: Throttle;
}

/** Sign in, who am I, sign out. */
export function sessionRoutes(app: FastifyInstance, deps: SessionDeps): void {
  const { store, sessions, programs, perAccount, perAddress } = deps;

  app.post<{ Body: Static<typeof SignIn> }>(
    '/api/session',
    { schema: { body: SignIn } },
    async (request, reply) => {
      const email = request.body.email.trim().toLowerCase();
      const address = truncateAddress(request.ip);
      // Counted before the work, so that parallel guesses are counted too.
      const waitSeconds = Math.max(perAccount.take(email, Date.now()), perAddress.take(address, Date.now()));
      if (waitSeconds > 0) {
        throw new Problem(429, 'Too many attempts; please wait.', { 'retry-after': String(waitSeconds) });
      }
      const account = await store.findAccount(email);
      if (!(await verifyPassword(request.body.password, account?.hash))) {
        throw new Problem(401, 'E-mail address or password is wrong.');
      }
      perAccount.clear(email);
      perAddress.clear(address);
      await sessions.end(request.cookies[COOKIE_NAME]);
      const { token, session } = await sessions.begin(email);
      setCookie(reply, token);
      return reply.send(viewOf(session));
    },
  );

  app.get('/api/session', (request) => Promise.resolve(viewOf(request.session!)));

  app.delete('/api/session', async (request, reply) => {
    await sessions.end(request.cookies[COOKIE_NAME]);
    void reply.clearCookie(COOKIE_NAME, { path: '/', secure: true, httpOnly: true, sameSite: 'strict' });
    return reply.code(204).send();
  });

  function viewOf({ email, csrf }: OpenSession): Session {
    return { email, role: 'admin', csrf, sites: programs.sites().map(({ key, name }) => ({ key, name })) };
  }
}

function setCookie(reply: FastifyReply, token: string): void {
  void reply.setCookie(COOKIE_NAME, token, { path: '/', secure: true, httpOnly: true, sameSite: 'strict' });
}
