/**
 * Names of properties that never leave the SDK, shortened in what the script tag loads: 2 % of the bytes of every page. Only names in this
 * list, so none of the wire, of storage, of the client's own methods or of the browser; `test/package/shortNames.test.ts` holds it to that. Their order says which gets
 * which letter; this one packs well, and a new name may stand anywhere.
 */
export const INTERNAL =
  'record onReceipt noteActivity address picked guard catchUp isOurs fail receipt wake loadEngagement viewEvent later countDropped listen uuid claim halt replay onConsent refuse context settle remember isUrgent unwritten resume readMeta received notify store turnOff current startEngagement cancel depart missed onSend isCircuitOpen weighed written permits manner onRoute options load commitNow onPurge reload onSettled withDrops fresh tell acquire announce faults retryAfterMs onCommitted skipped inFlight seeOwnRows onOwnRows isGoal loaded fullness onScroll addRows specialStore granted sinceStart'.split(
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
