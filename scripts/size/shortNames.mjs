/**
 * Names of properties that never leave the SDK, shortened in what the script tag loads: 2 % of the bytes of every page. Only names in this
 * list, so none of the wire, of storage, of the client's own methods or of the browser; `test/package/shortNames.test.ts` holds it to that. Their order says which gets
 * which letter; this one packs well, and a new name may stand anywhere.
 */
export const INTERNAL =
  'announce options replay weighed loadEngagement acquire claim remember listen refuse readMeta later uuid granted catchUp wake missed viewEvent onConsent onReceipt onSend context isGoal startEngagement depart isUrgent retryAfterMs manner onScroll onSettled resume isCircuitOpen record fullness guard current unwritten written faults withDrops halt fail fresh settle cancel onRoute load store picked inFlight receipt onCommitted isOurs commitNow onOwnRows skipped onPurge specialStore turnOff'.split(
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
