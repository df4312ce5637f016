/** What would make a gate answer otherwise, in words: one sentence a gate, after what the gate compared. */
import type { Change, Obstacle } from './change.js';
import { KINDS } from './conditionSentence.js';
import type { Gate } from './decision.js';
import type { Json } from './events.js';
import { momentWords } from './momentWords.js';
import { triggerAsk } from './triggerSentences.js';

const OBSTACLES: { [because in Obstacle]: [en: string, ja: string] } = {
  control: [
    'This visitor is in the control arm; nothing a visitor does changes that',
    '比較用のグループに入るかどうかは、訪問者が何をしても変わりません',
  ],
  holdout: [
    'This visitor is in the hold-out of the site; nothing a visitor does changes that',
    'サイト全体の比較用グループに入るかどうかは、訪問者が何をしても変わりません',
  ],
  rollout: [
    'Only a larger share of the rollout would change that; nothing a visitor does',
    '配信対象の割合を増やさない限り、訪問者が何をしても変わりません',
  ],
  over: [
    'The schedule allows no time after this; only the author can change that',
    'これより後に配信できる日時はありません。変えられるのは作成者だけです',
  ],
  spent: [
    'That cap never begins anew; only the author can change that',
    'この上限が元に戻ることはありません。変えられるのは作成者だけです',
  ],
  zone: [
    'The visitor’s time zone is not known; once it is, this can be decided',
    '訪問者のタイムゾーンが不明です。分かれば判定できます',
  ],
  notUnderstood: [
    'Only a version that understands that part, or another wording of it, would change this',
    'この設定を理解できる版にするか、設定を書き直す必要があります',
  ],
  unpublished: ['Publishing the campaign would change that', 'キャンペーンを公開する必要があります'],
  stopped: [
    'Letting the campaign go on until more is reached would change that',
    '終了条件を引き上げてキャンペーンを再開する必要があります',
  ],
  parts: [
    'What is marked ✗ has still to happen, and then it is asked again',
    '× の付いた項目が起きれば、あらためて判定されます',
  ],
  tooMany: [
    'No change was found that takes at most {most} more events; more than that may do, but were not tried',
    'イベントの追加が {most} 回以内で済む変化は見つかりません（それより多い回数は調べていません）',
  ],
  unsearched: [
    'The search for what would change this was not finished, because there is too much to try; something may well do',
    '調べる内容が多いため、最後までは調べていません（当てはまる変化があるかもしれません）',
  ],
  unidentified: [
    'This can only change once it is known who the user is, and what the server knows of that user is here',
    'ユーザーが識別され、サーバーの情報が届くまで、この判定は変わりません',
  ],
  noneFound: [
    'No change was found that would do; it may be that what has happened stays so, or that nothing can ever be so',
    '条件を満たす変化は見つかりません（起きたことが元に戻らないか、満たしえない条件である可能性があります）',
  ],
};

const GATES: { [gate in Gate]: string } = {
  status: '公開状態',
  schedule: '配信期間',
  consent: '同意',
  trigger: 'きっかけ',
  audience: '配信対象',
  frequency: '頻度の上限',
  group: 'グループ',
  priority: '優先度',
  assignment: '割り当て',
};

function eventClause({ event, properties, count }: Change & { kind: 'event' }, ja: boolean): string {
  const what = Object.keys(properties).length ? ` ${JSON.stringify(properties)}` : '';
  if (ja) return `「${event}」${what}があと ${count} 回`;
  return `after ${count == 1 ? 'one' : count} more “${event}”${what}`;
}

function factClause({ fact, value }: Change & { kind: 'fact' }, ja: boolean): string {
  const [kind = '', name = ''] = fact.split(/\.(.*)/s);
  if (kind == 'list') {
    if (ja) return `リスト「${name}」に${value ? '入っている' : '入っていない'}`;
    return `${value ? 'in' : 'out of'} the list “${name}”`;
  }
  const whose = KINDS[kind]?.[ja ? 1 : 0] ?? kind;
  if (ja)
    return value === undefined ? `${whose} ${name} がない` : `${whose} ${name} が ${JSON.stringify(value)}`;
  return value === undefined ? `without ${whose} ${name}` : `with ${whose} ${name} ${JSON.stringify(value)}`;
}

function clause(change: Change, ja: boolean): string {
  switch (change.kind) {
    case 'event':
      return eventClause(change, ja);
    case 'fact':
      return factClause(change, ja);
    case 'wait':
      // It need not stay so.
      return ja ? `${momentWords(change.until)} になる` : `once it is ${momentWords(change.until)}`;
    case 'session':
      return ja ? '次のセッション' : 'in the next session';
    case 'consent':
      return ja ? `「${change.purpose}」への同意` : `with consent for “${change.purpose}”`;
    case 'trigger': {
      const words = triggerAsk(change.trigger as unknown as Json, ja);
      return ja ? `きっかけが「${words}」` : `at ${words}`;
    }
    case 'edit': {
      const value = Array.isArray(change.value) ? '' : ` ${JSON.stringify(change.value)}`;
      return ja
        ? `作成者が ${change.path}${value && ` を${value}`} に設定`
        : `once the author sets ${change.path}${value}`;
    }
    case 'none':
      return OBSTACLES[change.because][ja ? 1 : 0].replace('{most}', String(change.most));
  }
}

/** The smallest change of one gate as a sentence; undefined if there is none to tell of. */
export function changeSentence(
  changes: readonly Change[],
  gate: Gate,
  isShown: boolean,
  ja: boolean,
): string | undefined {
  const own = changes.filter((change) => change.gate == gate);
  if (!own.length) return undefined;
  const clauses = own.map((change) => clause(change, ja));
  if (own[0]!.kind == 'none') return `→ ${clauses[0]}${ja ? '。' : '.'}`;
  if (ja)
    return `→ ${GATES[gate]}の判定が${isShown ? '外れる' : '通る'}最小の変化: ${clauses.join('、かつ ')}。`;
  return `→ The ${gate} gate would ${isShown ? 'no longer ' : ''}pass ${clauses.join(' and ')}.`;
}
