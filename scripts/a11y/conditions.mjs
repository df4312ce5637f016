/**
 * Under what every message is audited. `query` goes into the gallery's address, `media` and `viewport` to the browser; `act`: what is done
 * before the audit, `surveys` or `others` where it has a meaning for those alone.
 */
export const CONDITIONS = [
  { id: 'desktop', viewport: { width: 1280, height: 800 } },
  { id: '320 px', viewport: { width: 320, height: 640 } },
  // What 1280 by 1024 is at 400 %.
  { id: '400 % zoom', viewport: { width: 320, height: 256 } },
  { id: 'forced colours', media: { forcedColors: 'active' } },
  { id: 'dark', media: { colorScheme: 'dark' } },
  { id: 'reduced motion', media: { reducedMotion: 'reduce' } },
  { id: 'right to left', query: { lang: 'ar' } },
  { id: 'ja', query: { lang: 'ja' }, viewport: { width: 360, height: 640 } },
  { id: 'en, 768 px', viewport: { width: 768, height: 1024 } },
  // A survey that is sent without its answer; elsewhere every image is missing.
  { id: 'error', query: { images: 'none' }, act: 'send' },
  // Nothing is known of the visitor, so that defaults are all there is.
  { id: 'empty', query: { visitor: 'none' } },
];

/** The themes a message is audited in besides, in both schemes. */
export const THEMED = ['modal', 'banner', 'slide-in', 'survey-nps', 'survey-choice', 'countdown'];
