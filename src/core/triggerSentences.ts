/** Sentences about what made an occasion, or what a campaign still waits for. */
import type { Finding } from './decision.js';
import { durationWords } from './durationWords.js';
import type { Json } from './events.js';
import { isoMoment } from './momentWords.js';
import { plainText } from './plainText.js';

type Fields = { [key: string]: Json };

const TRIGGERS: { [on: string]: [en: string, ja: string] } = {
  page: ['a page view', 'ページの表示'],
  event: ['the event', 'イベント'],
  dwell: ['time on the page', 'ページの滞在時間'],
  scroll: ['scrolling', 'スクロール'],
  exit: ['the intent to leave', '離脱のそぶり'],
  visible: ['an element coming into view', '要素の表示'],
  idle: ['no sign of life for', '操作のない時間'],
  rage: ['clicks in a rage', '同じ場所の連打'],
  backForth: ['coming back to a page just left', '離れたばかりのページへの戻り'],
  hesitation: ['a pause in a form of', 'フォームでの手の止まり'],
  manual: ['a call of show()', 'show() の呼び出し'],
  delay: ['the end of a delay', '待ち時間の終わり'],
};

/** A trigger, as the sentence of its gate has it. */
export function triggerAsk(trigger: Json, ja: boolean): string {
  if ('of' in (trigger as Fields)) return combinationAsk(trigger as Fields, ja);
  const { on, event, seconds, percent, times, selector, page } = trigger as Fields;
  const [en, jaName] = TRIGGERS[plainText(on)] ?? [plainText(on), plainText(on)];
  const detail = [
    event,
    seconds !== undefined && `${plainText(seconds)} s`,
    percent !== undefined && `${plainText(percent)} %`,
    times !== undefined &&
      (ja ? `${plainText(times)} 回目以降` : `(${plainText(times)} × or more in the session)`),
    selector,
  ]
    .filter((part) => part)
    .map((part) => plainText(part as Json))
    .join(' ');
  const place = page
    ? ja
      ? `（ページ: ${JSON.stringify(page)}）`
      : ` on pages ${JSON.stringify(page)}`
    : '';
  return `${ja ? jaName : en}${detail && ` ${detail}`}${place}`;
}

function combinationAsk({ on, of, within = 'session', delay }: Fields, ja: boolean): string {
  const parts = (Array.isArray(of) ? of : [of ?? null]).map((part) => triggerAsk(part, ja));
  const time = durationWords(plainText(within), ja ? 'ja' : 'en');
  const isThen = on === 'then';
  if (ja) {
    const window = within === 'session' ? 'セッション内の' : within === 'ever' ? '' : `${time}以内の`;
    const wait = delay === undefined ? '' : `の ${durationWords(plainText(delay), 'ja')}後`;
    return `${window}「${parts.join(isThen ? ' → ' : ' と ')}」${isThen ? '（この順）' : 'のすべて'}${wait}`;
  }
  const window = within === 'session' ? ' in one session' : within === 'ever' ? '' : ` within ${time}`;
  const wait = delay === undefined ? '' : `, and ${durationWords(plainText(delay), 'en')} more`;
  return `${isThen ? parts.join(', then ') : `all of ${parts.join(' and ')}`}${window}${wait}`;
}

/** Of a combination what is there, and how long it waits. */
function partSentence({ passed, expected, found, path }: Finding, ja: boolean): string {
  if (path.endsWith('.delay')) {
    const time = durationWords(plainText(expected), ja ? 'ja' : 'en');
    if (passed) return ja ? `○ 待ち時間（${time}）が過ぎました。` : `✓ The delay of ${time} is over.`;
    if (found === null)
      return ja ? `× 待ち時間（${time}）は始まっていません。` : `✗ The delay of ${time} has not begun.`;
    const until = isoMoment(Number(found));
    return ja
      ? `× 待ち時間（${time}）は ${until} まで続きます。`
      : `✗ The delay of ${time} lasts until ${until}.`;
  }
  const ask = triggerAsk(expected, ja);
  if (ja) return `${passed ? '○' : '×'} ${ask}: ${passed ? '発生済み' : 'まだです'}。`;
  return `${passed ? '✓' : '✗'} ${ask}: ${passed ? 'has happened' : 'has not happened yet'}.`;
}

export function triggerSentence(finding: Finding, ja: boolean): string {
  const { passed, expected, found, path } = finding;
  if (/\]\.(?:of\[\d+\]|delay)$/.test(path)) return partSentence(finding, ja);
  if (passed)
    return ja
      ? `きっかけ: ${triggerAsk(expected, true)}。`
      : `It was triggered by ${triggerAsk(expected, false)}.`;
  const { trigger, path: place, event, dwell, scroll, seconds: waited, percent: depth } = found as Fields;
  const list = (Array.isArray(expected) ? expected : []).map((item) => triggerAsk(item, ja));
  const [en, jaName] = TRIGGERS[plainText(trigger)] ?? [plainText(trigger), plainText(trigger)];
  const page = plainText(place ?? (ja ? '不明なページ' : 'an unknown page'));
  const [seconds, percent] = [plainText(dwell ?? 0), plainText(scroll ?? 0)];
  const named = trigger === 'event' && event ? plainText(event) : '';
  // What is waited for is of this or that threshold.
  const threshold =
    waited !== undefined ? ` ${plainText(waited)} s` : depth !== undefined ? ` ${plainText(depth)} %` : '';
  if (ja)
    return `設定されたきっかけは「${list.join('、または') || 'なし'}」ですが、今回起きたのは ${page} での「${jaName}${named ? ` ${named}` : threshold}」です（滞在 ${seconds} 秒、スクロール ${percent} %）。`;
  return `It waits for ${list.join(', or ') || 'nothing'}, but this was ${en}${named ? ` "${named}"` : threshold} on ${page} (after ${seconds} s, ${percent} % scrolled).`;
}
