/**
 * WebDriver BiDi as far as the rows need it. A library for it brings 80 packages and preferences of its own, such as one
 * process for all sites, for a dozen commands.
 */
import { once } from 'node:events';
import WebSocket from 'ws';

/** Connects to a browser that listens at `url` and opens its session. */
export async function connectBidi(url) {
  const socket = new WebSocket(`${url}/session`, { perMessageDeflate: false });
  const asked = new Map();
  const listeners = new Map();
  let lastId = 0;

  const refuseAll = () => {
    for (const { reject } of asked.values()) reject(new Error('the browser is gone'));
    asked.clear();
  };
  socket.on('message', (text) => {
    const { id, type, method, params, result, error, message } = JSON.parse(text);
    if (type === 'event') return void listeners.get(method)?.forEach((hear) => hear(params));
    const { resolve, reject } = asked.get(id) ?? {};
    asked.delete(id);
    if (type === 'success') resolve?.(result);
    else reject?.(new Error(`${error}: ${message}`));
  });
  socket.on('close', refuseAll);
  await once(socket, 'open');
  // From now on the browser may be killed at any time; whoever waits for an answer hears of it.
  socket.on('error', refuseAll);

  const bidi = {
    /** Sends a command and resolves its result. */
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error('the browser is gone'));
        lastId += 1;
        asked.set(lastId, { resolve, reject });
        socket.send(JSON.stringify({ id: lastId, method, params }));
      }),
    /** Calls `hear` with what each event of this name holds. */
    async on(event, hear) {
      listeners.set(event, [...(listeners.get(event) ?? []), hear]);
      await bidi.send('session.subscribe', { events: [event] });
    },
    /** Runs a function in the page; argument and result go as JSON. */
    async call(target, run, arg = null) {
      const { type, result, exceptionDetails } = await bidi.send('script.callFunction', {
        functionDeclaration: `async (arg) => JSON.stringify(await (${run})(JSON.parse(arg)))`,
        arguments: [{ type: 'string', value: JSON.stringify(arg) }],
        awaitPromise: true,
        target,
      });
      if (type === 'exception') throw new Error(exceptionDetails.text);
      return result.value === undefined ? undefined : JSON.parse(result.value);
    },
  };
  await bidi.send('session.new', { capabilities: {} });
  return bidi;
}
