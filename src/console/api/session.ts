import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../collector/api.js';
import { ApiError, request } from './request.js';
import { mayBeSignedIn, rememberSignedIn } from './signedInMark.js';

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => (mayBeSignedIn() ? readSession(signal) : null),
  staleTime: Infinity,
  gcTime: Infinity,
});

async function readSession(signal?: AbortSignal): Promise<Session | null> {
  try {
    const session = await request<Session>('/session', signal ? { signal } : {});
    rememberSignedIn(true);
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      rememberSignedIn(false);
      return null;
    }
    throw error;
  }
}

/** The password was right but the browser sent no cookie back: it refuses secure cookies on this address. */
export class CookieRefused extends Error {}

/** Signs in, then asks who is signed in, because only that shows whether the cookie stuck. */
export async function signIn(credentials: { email: string; password: string }): Promise<Session> {
  await request<Session>('/session', { method: 'POST', body: credentials });
  const session = await readSession();
  if (!session) throw new CookieRefused();
  return session;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
}

/** Ends the session at the collector and forgets every report in memory. */
export function useSignOut(csrf: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<void>('/session', { method: 'DELETE', csrf }),
    onSuccess: () => {
      rememberSignedIn(false);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, null);
    },
  });
}
