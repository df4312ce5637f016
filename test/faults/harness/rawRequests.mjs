/** Requests written by hand, so that they may lie and dawdle. */
import net from 'node:net';
import { sleep } from './waiting.mjs';

/** The status of one request written by hand, so that its headers may lie. */
export function request(url, { body, encoding, isChunked, length }) {
  const { hostname, port } = new URL(url);
  const framing = isChunked ? 'transfer-encoding: chunked' : `content-length: ${length ?? body.length}`;
  const head = `POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n${framing}\r\n${encoding ? `content-encoding: ${encoding}\r\n` : ''}\r\n`;
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
      const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
      if (status) resolve(Number(status));
      socket.destroy();
    });
    socket.on('error', () => resolve(0)).write(head);
    if (!isChunked) return void socket.write(body);
    // With pauses, as a network makes them: who writes into a closed connection loses what stands unread in it.
    const go = (at) => {
      if (answer || at >= body.length) return;
      socket.write(`10000\r\n${body.subarray(at, at + 65_536)}\r\n`, () => setTimeout(go, 5, at + 65_536));
    };
    go(0);
  });
}

/** A request that sends one byte a second. */
export function creep(url) {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    'POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\n\r\n',
  );
  void (async () => {
    while (!socket.destroyed) {
      socket.write(' ');
      await sleep(1000);
    }
  })();
  return socket;
}
