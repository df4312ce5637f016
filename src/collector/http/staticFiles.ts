import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, matches } from './etag.js';

const TYPES: { [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const deflate = { br: promisify(brotliCompress), gzip: promisify(gzip) };

type Encoding = 'br' | 'gzip' | 'identity';

interface Held {
  changedMs: number;
  bytes: number;
  type: string;
  etag: string;
  body: Map<Encoding, Buffer>;
}

/** Files of one folder, held in memory with their compressed forms until they change on disk. No directory listing. */
export interface StaticFiles {
  /** The text of a file, or undefined. */
  text(path: string): Promise<string | undefined>;
  /** Answers with the file; false if there is none at this path. */
  send(path: string, request: FastifyRequest, reply: FastifyReply, cacheControl: string): Promise<boolean>;
}

export function createStaticFiles(folder: string): StaticFiles {
  const root = resolve(folder);
  const held = new Map<string, Held>();

  async function find(path: string): Promise<Held | undefined> {
    const file = safePath(root, path);
    const type = file && TYPES[extname(file).toLowerCase()];
    if (!file || !type) return undefined;
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const known = held.get(file);
    if (known && known.changedMs === found.mtimeMs && known.bytes === found.size) return known;
    const body = await readFile(file);
    const fresh: Held = {
      changedMs: found.mtimeMs,
      bytes: found.size,
      type,
      etag: etagOf(body),
      body: new Map([['identity', body]]),
    };
    held.set(file, fresh);
    return fresh;
  }

  return {
    text: async (path) => (await find(path))?.body.get('identity')?.toString(),
    async send(path, request, reply, cacheControl) {
      const file = await find(path);
      if (!file) return false;
      const encoding = await encodingFor(file, request.headers['accept-encoding']);
      const etag = encoding === 'identity' ? file.etag : file.etag.replace(/"$/, `-${encoding}"`);
      void reply.headers({ 'cache-control': cacheControl, etag, vary: 'accept-encoding' });
      if (matches(request.headers['if-none-match'], etag)) {
        await reply.code(304).send();
        return true;
      }
      void reply.header('content-type', file.type);
      if (encoding !== 'identity') void reply.header('content-encoding', encoding);
      await reply.send(file.body.get(encoding));
      return true;
    },
  };
}

/** The file below the root, or undefined for anything that leaves it or hides behind a dot. */
function safePath(root: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (/[\0\\]/.test(decoded) || decoded.split('/').some((part) => part.startsWith('.'))) return undefined;
  const file = resolve(join(root, decoded));
  return file.startsWith(root + sep) ? file : undefined;
}

async function encodingFor(file: Held, accepted: string | string[] | undefined): Promise<Encoding> {
  const isText = /^(text|application)\/|svg/.test(file.type);
  const header = String(accepted ?? '');
  const encoding = (['br', 'gzip'] as const).find((one) =>
    new RegExp(`\\b${one}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`).test(header),
  );
  if (!encoding || !isText || file.bytes < 512) return 'identity';
  if (!file.body.has(encoding)) file.body.set(encoding, await deflate[encoding](file.body.get('identity')!));
  return encoding;
}
