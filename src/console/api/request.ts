/** An answer that is not 2xx, or none at all (status 0), with what problem+json told. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | null,
    readonly requestId: string | null,
    /** Seconds of `Retry-After`, if the answer had it. */
    readonly retryAfterSeconds: number | null,
  ) {
    super(detail ?? title);
    this.name = 'ApiError';
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function secondsOf(header: string | null): number | null {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) ? seconds : null;
}

/** Reads RFC 9457 problem+json; any other body gives the bare status. */
export async function readProblem(response: Response): Promise<ApiError> {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = await response.json();
    if (parsed !== null && typeof parsed === 'object') body = parsed as Record<string, unknown>;
  } catch {
    // A proxy's HTML page or an empty body: the status line is all there is.
  }
  return new ApiError(
    response.status,
    text(body.title) ?? `HTTP ${response.status}`,
    text(body.detail),
    text(body.requestId) ?? response.headers.get('x-request-id'),
    secondsOf(response.headers.get('retry-after')),
  );
}

export interface Send {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** The session's token; every mutation but the sign-in needs it. */
  csrf?: string;
  signal?: AbortSignal;
}

/** One request to the collector's console API; rejects with ApiError only (or the abort). */
export async function request<T>(path: string, send: Send = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (send.body !== undefined) headers['content-type'] = 'application/json';
  if (send.csrf) headers['x-kikubari-csrf'] = send.csrf;
  const response = await fetch(`/api${path}`, {
    method: send.method ?? 'GET',
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    ...(send.body === undefined ? {} : { body: JSON.stringify(send.body) }),
    ...(send.signal ? { signal: send.signal } : {}),
  }).catch((error: unknown) => {
    if (send.signal?.aborted) throw error;
    throw new ApiError(0, 'offline', null, null, null);
  });
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return undefined as T;
  return response.json().catch(() => {
    throw new ApiError(response.status, 'unexpected', null, response.headers.get('x-request-id'), null);
  }) as Promise<T>;
}
