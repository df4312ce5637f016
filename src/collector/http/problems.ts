import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** Thrown by handlers: becomes an RFC 9457 problem+json answer. `detail` is read by people outside: no internals in it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }
}

export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers({ ...problem.headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: STATUS_CODES[problem.status] ?? 'Error',
        status: problem.status,
        detail: problem.detail,
        requestId: request.id,
        // Gateways answer problems as well: devices give an event up only if it was the collector that refused it.
        by: 'kikubari',
      }),
    );
}

/** Fastify's own errors (validation, media type, size) as problems; anything unknown is a 500 that says nothing. */
export function problemOf(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) return new Problem(400, `The request is not valid: ${error.message}.`);
  if (error.statusCode === 415) return new Problem(415, 'The Content-Type is not supported here.');
  if (error.statusCode === 413) return new Problem(413, 'The body is too large.');
  if (error.statusCode === 414) return new Problem(414, 'The address is too long.');
  if (error.statusCode === 400) return new Problem(400, 'The request cannot be read.');
  return new Problem(500, 'The collector failed; the request id finds the cause in its log.');
}
