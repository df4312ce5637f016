/**
 * Names of properties that never leave the SDK, shortened in what the script tag loads: 2 % of the bytes of every page. Only names in this
 * list, so none of the wire, of storage, of the client's own methods or of the browser; `test/package/shortNames.test.ts` holds it to that. Their order says which gets
 * which letter; this one packs well, and a new name may stand anywhere.
 */
export const INTERNAL =
  'depart replay onSettled seeOwnRows loadEngagement viewEvent guard isOurs context current faults reload settle catchUp notify fail uuid listen halt isGoal record remember countDropped claim receipt turnOff store onConsent weighed refuse onPurge cancel retryAfterMs unwritten granted permits onCommitted options isUrgent picked onReceipt tell onSend sinceStart wake later address noteActivity onRoute readMeta manner specialStore onScroll loaded addRows received withDrops load startEngagement written onOwnRows fullness skipped isCircuitOpen acquire fresh inFlight announce missed commitNow resume'.split(
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
