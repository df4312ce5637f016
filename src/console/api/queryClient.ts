import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './request.js';
import { sessionQuery } from './session.js';

/** A client that turns any 401 into "signed out", which shows the sign-in at the address one was at. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401)
          client.setQueryData(sessionQuery.queryKey, null);
      },
    }),
    defaultOptions: {
      queries: {
        // Polls repeat anyway; a first load gets one more chance when nothing answered.
        retry: (count, error) =>
          count < 1 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
        retryDelay: 400,
        staleTime: 1000,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
