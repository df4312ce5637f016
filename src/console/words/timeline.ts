import type { Json } from '../../core/events.js';
import type { IconName } from '../identity/icons.js';
import type { Speech } from './conditions.js';
import { eventWord, valueText } from './text.js';

export interface TimelineEvent {
  name: string;
  properties: { [key: string]: Json };
}

/** One event in the timeline: what happened, the properties that matter, and how it is set off. */
export interface Told {
  icon: IconName;
  title: string;
  detail: string;
  /** Messages seen and answers given stand out from ordinary events. */
  kind: 'plain' | 'message' | 'answer' | 'goal';
}

const ICONS: Record<string, IconName> = {
  view_item: 'eye',
  view_item_list: 'eye',
  select_item: 'eye',
  search: 'search',
  add_to_cart: 'cart',
  remove_from_cart: 'cart',
  view_cart: 'cart',
  begin_checkout: 'bag',
  purchase: 'bag',
  $session_start: 'start',
  $session_device: 'tag',
  $page_view: 'page',
  $page_leave: 'leave',
  $identify: 'visitors',
  $set: 'tag',
  $consent: 'shield',
  $exposure: 'campaigns',
  $impression: 'message',
  $click: 'click',
  $close: 'close',
  $answer: 'answer',
  $complete: 'answer',
};

const MESSAGES = new Set(['$exposure', '$impression', '$click', '$close']);
const ANSWERS = new Set(['$answer', '$complete']);

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A page's address without its origin, which is the same on every line. */
function pathOf(address: string): string {
  const url = URL.parse(address);
  return url ? url.pathname + url.search : address;
}

function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function join(parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

function commerce({ properties }: TimelineEvent, { t, format }: Speech): string {
  const items = Array.isArray(properties.items) ? properties.items : [];
  const first = items[0];
  const name =
    first !== null && typeof first === 'object' && !Array.isArray(first) ? textOf(first?.item_name) : '';
  const value = numberOf(properties.value);
  const currency = textOf(properties.currency) || 'JPY';
  return join([
    items.length === 1 ? name : items.length > 1 ? t.events.items(format.number(items.length)) : '',
    value === null ? '' : format.money(value, currency),
    properties.transaction_id === undefined ? '' : t.events.order(textOf(properties.transaction_id)),
  ]);
}

function sessionStart({ properties }: TimelineEvent, { t }: Speech): string {
  const { device } = properties;
  const type =
    device !== null && typeof device === 'object' && !Array.isArray(device) ? textOf(device?.type) : '';
  return join([
    pathOf(textOf(properties.landing)),
    properties.source ? t.events.from(textOf(properties.source)) : '',
    t.events.devices[type] ?? type,
    properties.new === true ? t.events.firstVisit : '',
  ]);
}

function consent({ properties }: TimelineEvent, { t }: Speech): string {
  const allowed = Object.entries(t.events.purposes).filter(([purpose]) => properties[purpose] === true);
  return allowed.length ? t.events.allowed(allowed.map(([, word]) => word).join(', ')) : t.events.allowedNone;
}

function pageLeave({ properties }: TimelineEvent, { t, format }: Speech): string {
  const [visible, scroll] = [numberOf(properties.visible), numberOf(properties.scroll)];
  return join([
    textOf(properties.path),
    visible === null ? '' : t.events.onPage(format.elapsed(visible)),
    scroll === null ? '' : t.events.scrolled(`${format.number(scroll)} %`),
  ]);
}

function message(event: TimelineEvent, { t }: Speech, campaigns: ReadonlyMap<string, string>): string {
  const { properties } = event;
  const id = textOf(properties.campaign);
  const variant = textOf(properties.variant);
  const reason = textOf(properties.reason);
  return join([
    campaigns.get(id) ?? id,
    variant === 'control' ? t.events.control : '',
    event.name === '$click' ? t.events.button(textOf(properties.button)) : '',
    event.name === '$close' ? (t.events.reasons[reason] ?? reason) : '',
  ]);
}

function answer({ properties }: TimelineEvent, { t }: Speech): string {
  return `${textOf(properties.wording) || textOf(properties.question)} → ${valueText(properties.value ?? null, t)}`;
}

function detail(event: TimelineEvent, speech: Speech, campaigns: ReadonlyMap<string, string>): string {
  const { name, properties } = event;
  if (name === '$answer') return answer(event, speech);
  if (MESSAGES.has(name) || name === '$complete') return message(event, speech, campaigns);
  if (name === '$session_start') return sessionStart(event, speech);
  if (name === '$page_view') return join([textOf(properties.title), textOf(properties.path)]);
  if (name === '$page_leave') return pageLeave(event, speech);
  if (name === '$consent') return consent(event, speech);
  if (name === '$identify') return textOf(properties.user);
  if (name === '$set' || name === '$session_device')
    return Object.entries(properties)
      .map(([key, value]) => `${key}: ${valueText(value, speech.t)}`)
      .join(', ');
  if (name === 'search') return textOf(properties.search_term);
  return commerce(event, speech);
}

/** Says an event in words; `campaigns` are names by id. */
export function tell(event: TimelineEvent, speech: Speech, campaigns: ReadonlyMap<string, string>): Told {
  const { name } = event;
  const kind = ANSWERS.has(name)
    ? 'answer'
    : MESSAGES.has(name)
      ? 'message'
      : name === 'purchase'
        ? 'goal'
        : 'plain';
  return {
    icon: ICONS[name] ?? 'dot',
    title: eventWord(name, speech.t),
    detail: detail(event, speech, campaigns),
    kind,
  };
}
