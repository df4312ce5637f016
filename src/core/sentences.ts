import { CONTROL, HOLD_OUT } from './automatic.js';
import type { Finding, Gate } from './decision.js';
import type { Json } from './events.js';
import type { Explanation } from './explain.js';
import { changeSentence } from './changeSentences.js';
import { GATES } from './decision.js';
import { isoMoment } from './momentWords.js';
import { notUnderstood } from './notUnderstood.js';
import { plainText } from './plainText.js';
import { conditionSentence } from './conditionSentence.js';
import { capSentence, pathSentence, stoppedSentence } from './gateSentences.js';
import { triggerSentence } from './triggerSentences.js';

/** Languages explanations are written in; the console's own. */
export type SentenceLanguage = 'en' | 'ja';

type Fields = { [key: string]: Json };
type Wording = (finding: Finding, campaign: string) => string;

const moment = (ms: Json): string => isoMoment(Number(ms));
const list = (value: Json, ja: boolean): string =>
  Array.isArray(value) && value.length ? value.map(plainText).join(ja ? '、' : ', ') : ja ? 'なし' : 'none';

const EN: { [gate in Gate]: Wording } = {
  status: ({ passed, found }) =>
    passed
      ? 'The campaign is live.'
      : found === null
        ? 'The campaign is not among the published ones.'
        : `The campaign is not live; its status is "${plainText(found)}".`,
  schedule: ({ passed, expected, found }) => {
    const { from, until } = (expected ?? {}) as Fields;
    if (passed) return 'The schedule allows it now.';
    return `It is ${moment(found)}, outside the schedule from ${plainText(from ?? 'the beginning')} until ${plainText(until ?? 'any time')}.`;
  },
  consent: ({ passed, expected, found }) =>
    passed
      ? `The visitor allowed "${plainText(expected)}".`
      : `The message needs consent for "${plainText(expected)}", but the visitor allowed ${list(found, false)}.`,
  trigger: (finding) => triggerSentence(finding, false),
  audience: ({ passed, found }) =>
    found === null
      ? passed
        ? 'The visitor belongs to the audience.'
        : 'The visitor does not belong to the audience.'
      : '',
  frequency: (finding) => capSentence(finding, false),
  group: ({ passed, expected, found }) =>
    passed
      ? `No other campaign of the group "${plainText(expected)}" was shown in this session.`
      : `Another campaign of the group "${plainText(expected)}" was already shown in this session: ${list(found, false)}.`,
  priority: ({ passed, expected, found }) =>
    passed
      ? `It has the highest priority (${plainText(expected)}) of those that could be shown.`
      : `"${plainText(found)}" went first; the priority here is only ${plainText(expected)}, or equal and its id comes after.`,
  assignment: ({ found }) =>
    found === CONTROL
      ? 'The person is in the control group, which sees nothing and is counted.'
      : found === HOLD_OUT
        ? 'The person is in the hold-out of the site, which sees no campaign at all and is counted.'
        : found === null
          ? 'There is no variant to show.'
          : `The person sees variant "${plainText(found)}".`,
};

const JA: { [gate in Gate]: Wording } = {
  status: ({ passed, found }) =>
    passed
      ? 'キャンペーンは公開中です。'
      : found === null
        ? '公開中のキャンペーンの中に見つかりません。'
        : `キャンペーンは公開中ではありません（状態: ${plainText(found)}）。`,
  schedule: ({ passed, expected, found }) => {
    const { from, until } = (expected ?? {}) as Fields;
    if (passed) return '配信期間内です。';
    return `現在（${moment(found)}）は配信期間外です（開始: ${plainText(from ?? '指定なし')}、終了: ${plainText(until ?? '指定なし')}）。`;
  },
  consent: ({ passed, expected, found }) =>
    passed
      ? `訪問者は「${plainText(expected)}」に同意しています。`
      : `表示には「${plainText(expected)}」への同意が必要ですが、得られている同意は ${list(found, true)} です。`,
  trigger: (finding) => triggerSentence(finding, true),
  audience: ({ passed, found }) =>
    found === null ? (passed ? '訪問者は配信対象に含まれます。' : '訪問者は配信対象に含まれません。') : '',
  frequency: (finding) => capSentence(finding, true),
  group: ({ passed, expected, found }) =>
    passed
      ? `グループ「${plainText(expected)}」の他のキャンペーンは、このセッションではまだ表示されていません。`
      : `グループ「${plainText(expected)}」の別のキャンペーン（${list(found, true)}）が、このセッションですでに表示されています。`,
  priority: ({ passed, expected, found }) =>
    passed
      ? `表示できるキャンペーンの中で優先度が最も高いものです（優先度 ${plainText(expected)}）。`
      : `「${plainText(found)}」が優先されました（このキャンペーンの優先度は ${plainText(expected)} です。同じ優先度では ID の順になります）。`,
  assignment: ({ found }) =>
    found === CONTROL
      ? '比較用のグループに割り当てられています。メッセージは表示されませんが、集計の対象です。'
      : found === HOLD_OUT
        ? 'サイト全体の比較用グループに割り当てられています。どのキャンペーンも表示されませんが、集計の対象です。'
        : found === null
          ? '表示できるパターンがありません。'
          : `パターン「${plainText(found)}」が割り当てられています。`,
};

/**
 * An explanation as sentences, in the order of the gates: first the outcome, then what was compared. Conditions of the
 * audience are told one by one, each with the value that was found. After each gate stands the smallest change that would turn it over.
 */
export function sentences(explanation: Explanation, language: SentenceLanguage): string[] {
  const { shown, gate, findings, campaign } = explanation;
  const ja = language === 'ja';
  const outcome = shown
    ? ja
      ? `「${campaign}」は表示されます。`
      : `"${campaign}" is shown.`
    : ja
      ? `「${campaign}」は表示されません。`
      : `"${campaign}" is not shown.`;
  const tell = (finding: Finding): string => {
    try {
      return sentence(finding, campaign, ja);
    } catch {
      // Nested deeper than can be written down.
      return ja
        ? `${finding.path} の設定は文章にできません。`
        : `What ${finding.path} asks cannot be put into words.`;
    }
  };
  const told = GATES.flatMap((name) => {
    const own = findings.filter((finding) => finding.gate === name);
    const worth = own.filter((finding) => gate === null || !finding.passed || finding.gate === gate);
    return [...worth.map(tell), changeSentence(explanation.changes, name, shown, ja)];
  });
  return [outcome, ...told.filter((text) => text !== undefined && text !== '')] as string[];
}

function sentence(finding: Finding, campaign: string, ja: boolean): string {
  const { gate, path, found } = finding;
  const what = notUnderstood(found);
  if (what !== undefined)
    return ja
      ? `この版では理解できない設定があるため、このキャンペーンは停止しています（${path}: ${what}）。`
      : `The campaign is off because this version does not understand part of it (${path}: ${what}).`;
  const told = stoppedSentence(finding, ja) ?? pathSentence(finding, ja);
  if (told) return told;
  if (gate === 'audience' && found !== null) return conditionSentence(finding, ja ? 'ja' : 'en');
  return (ja ? JA : EN)[gate](finding, campaign);
}
