import type { Json } from '../../core/events.js';
import { RATING_OF, type Question as AskedQuestion } from '../../core/question.js';
import { meanInterval, meanOf } from '../../core/statistics/mean.js';
import { npsInterval } from '../../core/statistics/nps.js';
import { wilsonInterval } from '../../core/statistics/wilson.js';
import type { SurveyReport } from '../api.js';

type Question = SurveyReport['questions'][number];

/** How many submissions gave one value to one question; `value` is JSON, null for free text. */
export interface ValueCount {
  question: string;
  kind: string | null;
  wording: string | null;
  /** When this value was last given, to find the newest wording. */
  t: number;
  value: string | null;
  count: number;
}

const KINDS = ['nps', 'csat', 'ces', 'rating', 'thumbs', 'choice', 'picture', 'text', 'date'] as const;
/** How far any rating goes. */
const MOST = 10;

/** One entry per question, in the order they are `asked`, then those of earlier versions by id. */
export function summaryOf(counts: readonly ValueCount[], asked: readonly AskedQuestion[]): Question[] {
  const order = asked.map(({ id }) => id);
  const ids = [...new Set(counts.map(({ question }) => question))];
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  ids.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return ids.map((id) =>
    summaryOfOne(
      id,
      counts.filter(({ question }) => question === id),
      asked.find((question) => question.id === id),
    ),
  );
}

function summaryOfOne(question: string, counts: readonly ValueCount[], asked?: AskedQuestion): Question {
  const newest = counts.reduce((a, b) => (b.t > a.t ? b : a));
  const kind = KINDS.find((one) => one === newest.kind) ?? 'text';
  const answers = counts.reduce((sum, { count }) => sum + count, 0);
  const summary: Question = { question, kind, wording: newest.wording ?? question, answers };
  if (kind === 'nps') return { ...summary, nps: npsOf(counts), distribution: scale(counts, 0, 10) };
  if (kind === 'csat') return { ...summary, csat: shareOf(counts, 4, 5), distribution: scale(counts, 1, 5) };
  if (kind === 'ces') return { ...summary, ces: cesOf(counts), distribution: scale(counts, 1, 7) };
  if (kind === 'rating') return { ...summary, ...ratingOf(counts, asked) };
  if (kind === 'text') return summary;
  const distribution = choices(counts);
  // Days are read one after another.
  if (kind === 'date') distribution.sort((a, b) => (a.value < b.value ? -1 : 1));
  return { ...summary, distribution };
}

function npsOf(counts: readonly ValueCount[]): Question['nps'] {
  const promoters = between(counts, 9, 10);
  const passives = between(counts, 7, 8);
  const detractors = between(counts, 0, 6);
  const interval = npsInterval(promoters, passives, detractors);
  return interval ? { ...interval, promoters, passives, detractors } : undefined;
}

/** From `low` on, of a scale from 1 to `high`. */
function shareOf(counts: readonly ValueCount[], low: number, high: number): Question['csat'] {
  const good = between(counts, low, high);
  const all = between(counts, 1, high);
  const interval = wilsonInterval(good, all);
  return interval ? { share: good / all, ...interval, good } : undefined;
}

/** Three scorings are in use; the share of who agrees (Gartner's, as adapted) has an interval, and the mean stands beside it. */
function cesOf(counts: readonly ValueCount[]): Question['ces'] {
  const share = shareOf(counts, 5, 7);
  return share && { ...share, mean: meanOf(scale(counts, 1, 7).map(({ count }) => count)) };
}

/** Its scale goes as far as it is asked now, or as it was answered when it went further. */
function ratingOf(
  counts: readonly ValueCount[],
  asked: AskedQuestion | undefined,
): Pick<Question, 'rating' | 'distribution'> {
  const of = (asked?.kind === 'rating' && asked.of) || RATING_OF;
  const given = counts.map(({ value }) => numberIn(value)).filter((number) => number <= MOST);
  const distribution = scale(counts, 1, Math.max(of, ...given));
  return { rating: meanInterval(distribution.map(({ count }) => count)) ?? undefined, distribution };
}

function numberIn(value: string | null): number {
  const parsed: Json = value === null ? null : (JSON.parse(value) as Json);
  return typeof parsed === 'number' ? parsed : NaN;
}

function between(counts: readonly ValueCount[], low: number, high: number): number {
  return counts.reduce((sum, { value, count }) => {
    const number = numberIn(value);
    return number >= low && number <= high ? sum + count : sum;
  }, 0);
}

function scale(counts: readonly ValueCount[], low: number, high: number): { value: string; count: number }[] {
  return Array.from({ length: high - low + 1 }, (_, index) => ({
    value: String(low + index),
    count: between(counts, low + index, low + index),
  }));
}

/** Most chosen first; every choice of a multiple answer counts. */
function choices(counts: readonly ValueCount[]): { value: string; count: number }[] {
  const totals = new Map<string, number>();
  for (const { value, count } of counts) {
    const parsed: Json = value === null ? null : (JSON.parse(value) as Json);
    const chosen = new Set(
      (Array.isArray(parsed) ? parsed : [parsed]).filter((one) => one !== null).map(textOf),
    );
    for (const one of chosen) totals.set(one, (totals.get(one) ?? 0) + count);
  }
  return [...totals]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
