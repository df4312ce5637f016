import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problems.js';
import { createStaticFiles } from './staticFiles.js';

const HASHED_CHUNK = /^kikubari-[\w.-]*-[\w-]{6,}\.js$/;
const SDK_FILE = /^(?:kikubari|stub|kikubari-[\w.-]+)\.js(?:\.map)?$/;

/** The script a site includes, the stub, and the chunks beside it, readable from any site. */
export async function sdkRoutes(app: FastifyInstance, { sdkDir }: { sdkDir: string }): Promise<void> {
  const files = createStaticFiles(sdkDir);

  async function send(name: string, request: FastifyRequest, reply: FastifyReply) {
    if (!SDK_FILE.test(name)) throw new Problem(404, 'There is nothing here.');
    void reply.headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const cacheControl = HASHED_CHUNK.test(name)
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=300';
    if (!(await files.send(name, request, reply, cacheControl)))
      throw new Problem(404, 'There is nothing here.');
    return reply;
  }

  app.get<{ Params: { file: string } }>('/:file', (request, reply) =>
    send(request.params.file, request, reply),
  );
}
