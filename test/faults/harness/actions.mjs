/** What the proxy can do instead of passing a batch on. Each is an action for `proxy.rule`. */

/** So many receipts in a row are cut, not more than the circuit bears: an open circuit is F11's. */
export const MAX_IN_A_ROW = 3;

/** The collector has it, the page never hears of it. */
export async function cutAfterCommit({ outgoing, forward }) {
  await forward();
  outgoing.destroy();
}

/** The page's connection breaks and nothing was stored. */
export async function cutBefore({ outgoing }) {
  outgoing.destroy();
}

/** Passes the batch on when `released` resolves. */
export const holdUntil =
  (released) =>
  async ({ outgoing, forward }) => {
    await released;
    const { status, headers, body } = await forward();
    outgoing.writeHead(status, headers).end(body);
  };

/** Answers in the collector's place; readable by the page unless `isOpaque`. */
export const answerWith =
  (status, { headers = {}, body = '', isOpaque = false } = {}) =>
  async ({ incoming, outgoing }) => {
    const cors = isOpaque ? {} : { 'access-control-allow-origin': incoming.headers.origin ?? '*' };
    outgoing
      .writeHead(status, { 'access-control-expose-headers': 'retry-after', ...cors, ...headers })
      .end(body);
  };

/** A receipt that is right, which no page of another origin may read. */
export async function answerUnreadably(exchange) {
  const accepted = exchange.request.batch.rows.flatMap(({ events }) => events).length;
  const body = JSON.stringify({ accepted, rejected: [], program: 0, commands: [] });
  await answerWith(200, { body, isOpaque: true })(exchange);
}

/** Never answers. */
export async function hang() {}

/** Half a receipt, then the connection breaks. */
export async function breakInBody({ incoming, outgoing }) {
  outgoing.writeHead(200, {
    'access-control-allow-origin': incoming.headers.origin ?? '*',
    'content-length': '80',
  });
  outgoing.write('{"accepted":');
  setTimeout(() => outgoing.destroy(), 20);
}
