/** Requests written by hand, so that they may lie and dawdle. */
import net from 'node:net';
import { setImmediate } from 'node:timers';

/** The status of one request written by hand, so that its headers may lie. */
export function request(url, { body, encoding, isChunked, length }) {
  const { hostname, port } = new URL(url);
  const framing = isChunked ? 'transfer-encoding: chunked' : `content-length: ${length ?? body.length}`;
  const head = `${HEAD}${framing}\r\n${encoding ? `content-encoding: ${encoding}\r\n` : ''}\r\n`;
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
      if (statusOf(answer)) resolve(statusOf(answer));
      socket.destroy();
    });
    socket.on('error', () => resolve(0)).write(head);
    if (!isChunked) return void socket.write(body);
    // With pauses, as a network makes them: who writes into a closed connection loses what stands unread in it.
    const go = (at) => {
      if (answer) return;
      if (at >= body.length) return void socket.write('0\r\n\r\n');
      const part = body.subarray(at, at + 65_536);
      const chunk = Buffer.concat([
        Buffer.from(`${part.length.toString(16)}\r\n`),
        part,
        Buffer.from('\r\n'),
      ]);
      // Straight after what has arrived was read: a write that meets a closed connection throws away an unread answer.
      socket.write(chunk, () => setTimeout(() => setImmediate(go, at + part.length), 5));
    };
    go(0);
  });
}

/** Ten gigabytes in chunks, as fast as they are taken; resolves how many bytes it wrote until the other side closed. */
export function pour(url, totalBytes = 10 * 1024 ** 3) {
  const { hostname, port } = new URL(url);
  const chunk = Buffer.concat([
    Buffer.from('100000\r\n'),
    Buffer.alloc(1024 ** 2, 0x20),
    Buffer.from('\r\n'),
  ]);
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), hostname);
    socket
      .on('error', () => undefined)
      .on('close', () => resolve(socket.bytesWritten - socket.writableLength));
    socket.resume();
    socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
    const go = () => {
      while (!socket.destroyed && socket.bytesWritten < totalBytes) if (!socket.write(chunk)) return;
      socket.end();
    };
    socket.on('drain', go);
    go();
  });
}

/** A request that sends one byte a second; resolves to what it is answered in the end, 0 if it is only cut off. */
export function creep(url) {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  let answer = '';
  socket.on('error', () => undefined).on('data', (data) => (answer += data));
  socket.write(`${HEAD}content-length: 1000\r\n\r\n`);
  const timer = setInterval(() => socket.write(' '), 1000);
  return new Promise((resolve) => {
    socket.on('close', () => {
      clearInterval(timer);
      resolve(statusOf(answer));
    });
  });
}

const HEAD = 'POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n';

const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
