/**
 * Names of properties that never leave the SDK, shortened in what the script tag loads: 2 % of the bytes of every page. Only names in this
 * list, so none of the wire, of storage, of the client's own methods or of the browser; `test/package/shortNames.test.ts` holds it to that.
 */
export const INTERNAL =
  'onSettled onReceipt onOwnRows onConsent onPurge onRoute onSend skipped weighed catchUp written loadEngagement specialStore startEngagement readMeta refuse missed onScroll isUrgent isGoal granted remember faults guard listen context claim record resume fresh wake current uuid replay halt depart options manner later withDrops store fail isCutOff receipt settle acquire cancel viewEvent picked since load retryAfterMs unwritten isOurs commitNow onCommitted fullness announce inFlight turnOff'.split(
    ' ',
  );
/** `q` is the stub's queue. */
const LETTERS = 'abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Exports of the deciding chunk, whose other exports have letters already. */
const EXPORTED = ['startEngagement', 'specialStore'];
const WORD = new RegExp(`(?<![\\w$])(${INTERNAL.join('|')})(?![\\w$])`, 'g');
const shorten = (name) => {
  const at = INTERNAL.indexOf(name);
  // Where the letters end they begin again, marked.
  return (EXPORTED.includes(name) ? '$' : '_'.repeat(at / LETTERS.length)) + LETTERS[at % LETTERS.length];
};

/** The same letters in every file, which are built apart and talk to each other. */
export const shortNames = {
  name: 'short-names',
  renderChunk: (code) => ({ code: code.replace(WORD, shorten), map: null }),
};
