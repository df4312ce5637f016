/** An HTTP server that reads what comes and says yes: the most that a client can send on this machine. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { killAtExit } from './processes.mjs';

/** Starts it in a process of its own, as the collector is. */
export async function startBareServer() {
  const child = fork(fileURLToPath(import.meta.url), ['serve']);
  killAtExit(child);
  const [port] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

if (process.argv[2] === 'serve' && process.send) {
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => response.end('{}'));
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
}
