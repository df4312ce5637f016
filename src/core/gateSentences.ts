/** Sentences about gates that few campaigns have: clocks of the calendar, limits of the site, shares of persons. */
import type { Finding } from './decision.js';
import { durationWords } from './durationWords.js';
import type { Json } from './events.js';
import { plainText } from './plainText.js';

type Fields = { [key: string]: Json };

const UNITS: { [unit: string]: [en: string, ja: string] } = {
  day: ['day', '日'],
  week: ['week', '週'],
  month: ['month', '月'],
};

/** What a cap is counted in: "this session", "the last 7 days", "today". */
export function clockWords(per: Json, ja: boolean): string {
  if (per === 'session') return ja ? 'このセッション' : 'this session';
  if (per === 'ever') return ja ? 'これまで' : 'ever';
  const { last, calendar, zone } = (per ?? {}) as Fields;
  if (calendar !== undefined) {
    const [en, name] = UNITS[plainText(calendar)] ?? [plainText(calendar), plainText(calendar)];
    const where = zone === undefined ? '' : ja ? `（${plainText(zone)}）` : ` in ${plainText(zone)}`;
    return ja ? `この${name}${where}` : `this ${en}${where}`;
  }
  const words = durationWords(plainText(last ?? '?'), ja ? 'ja' : 'en');
  return ja ? `直近 ${words}` : `the last ${words}`;
}

const COUNTED: { [of: string]: [en: string, ja: string] } = {
  exposure: ['exposures', '表示'],
  close: ['closes', '閉じられた回数'],
  click: ['clicks', 'クリック'],
  answer: ['answers', '回答'],
  goal: ['goals reached', '目標の達成'],
};

const WEEKDAYS: [en: string, ja: string][] = [
  ['Monday', '月'],
  ['Tuesday', '火'],
  ['Wednesday', '水'],
  ['Thursday', '木'],
  ['Friday', '金'],
  ['Saturday', '土'],
  ['Sunday', '日'],
];
const weekday = (day: Json, ja: boolean) => WEEKDAYS[Number(day) - 1]?.[ja ? 1 : 0] ?? plainText(day);

/** A cap of a campaign, of a tag or of the site, and how far it is used up. */
export function capSentence({ passed, expected, found, path }: Finding, ja: boolean): string {
  const { count, per, of } = (expected ?? {}) as Fields;
  const [en, name] = COUNTED[plainText(of ?? 'exposure')] ?? ['?', '?'];
  const tag = /^limits\.tags\.(.*)\[\d+\]$/.exec(path)?.[1];
  const clock = clockWords(per ?? null, ja);
  if (ja) {
    const whose = tag === undefined ? (path.startsWith('limits') ? 'サイト全体の' : '') : `タグ「${tag}」の`;
    return `${whose}頻度の上限に${passed ? '達していません' : '達しました'}（${clock}の${name}: ${plainText(found)} 回、上限 ${plainText(count ?? '?')} 回）。`;
  }
  const whose =
    tag === undefined
      ? path.startsWith('limits')
        ? 'The frequency cap of the site'
        : 'The frequency cap'
      : `The frequency cap of the tag "${tag}"`;
  return `${whose} is ${passed ? 'not ' : ''}reached: ${plainText(found)} of at most ${plainText(count ?? '?')} ${en} (${clock}).`;
}

/** What brought a campaign to its end; the collector found it out. */
const STOPS: { [by: string]: (stopped: Fields) => [en: string, ja: string] } = {
  goals: ({ limit }) => [
    `the goal was reached by ${plainText(limit ?? '?')} persons`,
    `目標を達成した人が ${plainText(limit ?? '?')} 人に達しました`,
  ],
  responses: ({ limit }) => [
    `${plainText(limit ?? '?')} responses were reached`,
    `回答者が ${plainText(limit ?? '?')} 人に達しました`,
  ],
  harm: ({ variant }) => [
    `variant "${plainText(variant ?? '?')}" is proven to do harm`,
    `パターン「${plainText(variant ?? '?')}」が目標の達成を減らすと確認されました`,
  ],
};

/** Why a campaign was stopped; undefined if the finding is about anything else. */
export function stoppedSentence({ gate, found }: Finding, ja: boolean): string | undefined {
  if (gate !== 'status' || typeof found !== 'object' || found === null) return undefined;
  const stopped = found as Fields;
  const by = plainText(stopped.by ?? '?');
  const [en, words] = Object.hasOwn(STOPS, by) ? STOPS[by]!(stopped) : [by, by];
  const at = plainText(stopped.at ?? '?');
  if (ja) return `キャンペーンは自動で終了しました: ${words}（${at}）。`;
  return `The campaign has been stopped: ${en} (${at}).`;
}

/** By where they stand in the campaign, or the limits; absent if the gate has only one thing to say. */
const BY_PATH: { [path: string]: (finding: Finding, ja: boolean) => string } = {
  rollout: ({ passed, expected }, ja) => {
    const share = Math.round(Number(expected) * 1000) / 10;
    if (ja) return `配信対象の ${share} % の人に${passed ? '含まれます' : '含まれません'}。`;
    return `The person is ${passed ? '' : 'not '}among the ${share} % for whom the campaign is there.`;
  },
  'schedule.weekdays': ({ passed, expected, found }, ja) => {
    const days = (expected as Json[]).map((day) => weekday(day, ja)).join(ja ? '・' : ', ');
    const today = found === null ? (ja ? '不明' : 'not known') : weekday(found, ja);
    if (ja)
      return `今日の曜日（${today}）は配信する曜日（${days || 'なし'}）に${passed ? '含まれます' : '含まれません'}。`;
    return `The day of the week (${today}) is ${passed ? '' : 'not '}one of ${days || 'none'}.`;
  },
  'schedule.hours': ({ passed, expected, found }, ja) => {
    const { from, until } = expected as Fields;
    const span = `${plainText(from ?? '?')}–${plainText(until ?? '?')}`;
    const time = found === null ? (ja ? '不明' : 'not known') : plainText(found);
    if (ja) return `現在の時刻（${time}）は配信時間帯（${span}）の${passed ? '中' : '外'}です。`;
    return `The time of day (${time}) is ${passed ? 'within' : 'outside'} ${span}.`;
  },
  'limits.attention': ({ passed, expected, found }, ja) => {
    const { budget, per } = expected as Fields;
    const clock = clockWords(per ?? null, ja);
    if (ja)
      return `サイト全体の表示の予算: ${clock}で ${plainText(budget ?? '?')} のうち ${plainText(found)} を使用済みで、このキャンペーンの分は${passed ? '残っています' : '残っていません'}。`;
    return `Of the site's attention budget of ${plainText(budget ?? '?')} (${clock}), ${plainText(found)} is spent; there is ${passed ? '' : 'not '}enough left for this campaign.`;
  },
};

/** What is said of a finding because of where it stands; undefined if its gate says it. */
export const pathSentence = (finding: Finding, ja: boolean): string | undefined =>
  Object.hasOwn(BY_PATH, finding.path) ? BY_PATH[finding.path]!(finding, ja) : undefined;
