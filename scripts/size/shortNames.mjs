/**
 * Names of properties that never leave the SDK, shortened in what the script tag loads: 2 % of the bytes of every page. Only names in this
 * list, so none of the wire, of storage, of the client's own methods or of the browser; `test/package/shortNames.test.ts` holds it to that. Their order says which gets
 * which letter; this one packs well, and a new name may stand anywhere.
 */
export const INTERNAL =
  'onSettled onSend wake remember loadEngagement commitNow guard isOurs later turnOff faults sinceStart isGoal noteActivity receipt fail uuid missed halt isUrgent record permits countDropped claim catchUp inFlight store settle listen viewEvent onPurge cancel retryAfterMs options granted depart onConsent reload tell weighed load current fresh onRoute picked context replay refuse announce readMeta onCommitted isCircuitOpen unwritten seeOwnRows addRows acquire manner startEngagement onOwnRows written skipped fullness address received withDrops specialStore loaded notify onScroll onReceipt resume'.split(
    ' ',
  );
/** `q` is the stub's queue. */
const LETTERS = 'abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Exports of the deciding chunk, whose other exports have letters already. */
const EXPORTED = ['startEngagement', 'specialStore'];
const WORD = new RegExp(`(?<![\\w$])(${INTERNAL.join('|')})(?![\\w$])`, 'g');
export const shorten = (name) => {
  const at = INTERNAL.indexOf(name);
  // Where the letters end they begin again, marked.
  return (EXPORTED.includes(name) ? '$' : '_'.repeat(at / LETTERS.length)) + LETTERS[at % LETTERS.length];
};

/** The same letters in every file, which are built apart and talk to each other. */
export const shortNames = {
  name: 'short-names',
  renderChunk: (code) => ({ code: code.replace(WORD, shorten), map: null }),
};
