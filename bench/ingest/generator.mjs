/**
 * Sends batches over keep-alive connections, each with one request under way. A process of its own, on plain sockets, so
 * that it takes little from what is measured. Tells its parent how many were answered, by status.
 */
import { connect } from 'node:net';
import { createBodies } from './batches.mjs';

process.on('message', (job) => {
  void drive(job).then((result) => process.send(result));
});

/** `requests` or `seconds` say when to end; `addresses` is how many networks they pretend to come from. */
async function drive({ port, connections, requests = Infinity, seconds = Infinity, addresses = 0 }) {
  const bodies = createBodies(connections * 4);
  const until = performance.now() + seconds * 1000;
  const statuses = {};
  let left = requests;
  const startedAt = performance.now();
  const one = async () => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    while (left > 0 && performance.now() < until) {
      left -= 1;
      const body = bodies.fresh();
      socket.write(headOf(body.length, addresses));
      const { status, isLast } = await exchange(socket, body);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 503 || status === 429) await new Promise((resolve) => setTimeout(resolve, 50));
      if (isLast) return socket.destroy();
    }
    socket.destroy();
  };
  // A connection that the server closed is opened again.
  const lane = async () => {
    while (left > 0 && performance.now() < until) await one().catch(() => undefined);
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return { statuses, seconds: (performance.now() - startedAt) / 1000 };
}

function headOf(length, addresses) {
  const octet = () => Math.floor(Math.random() * 256);
  const from = addresses > 0 ? `x-forwarded-for: ${octet()}.${octet()}.${octet()}.1\r\n` : '';
  return `POST /v1/batch HTTP/1.1\r\nhost: x\r\n${from}content-type: text/plain\r\ncontent-length: ${length}\r\n\r\n`;
}

function exchange(socket, body) {
  return new Promise((resolve, reject) => {
    let answer = '';
    const onData = (chunk) => {
      answer += chunk.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
      if (head === -1 || answer.length < head + 4 + length) return;
      socket.off('data', onData).off('close', onClose);
      resolve({ status: Number(answer.slice(9, 12)), isLast: /connection: close/i.test(answer) });
    };
    const onClose = () => reject(new Error('closed'));
    socket.on('data', onData).once('close', onClose);
    socket.write(body);
  });
}
