import type { Countdown } from '../../core/content.js';
import { element } from './element.js';
import { guarded } from './fault.js';
import type { View } from './view.js';
import { isUsual } from './words.js';

/** So many seconds it may have to wait for what it is shown in; then it will not come, unless its end is that of its message. */
const awayAtMost = 30;

const leftOf = ({ until }: Countdown, { request }: View) => Date.parse(until) - request.now();

/** Throws where a deadline is over and nothing is to be said of that: the message is not to be shown. */
export function requireTime(view: View): void {
  for (const { blocks } of view.content.cards)
    for (const block of blocks)
      if (block.block == 'countdown' && !block.ended && !(leftOf(block, view) > 0)) throw new Error('over');
}

/** How long it is to a moment, in days, hours, minutes and seconds that change in place. Read out when one comes to it, not as it changes. */
export function drawCountdown(countdown: Countdown, view: View): HTMLElement {
  const { label, ended } = countdown;
  view.adopt(countdownCss);
  const numbers = UNITS.map(() => element('b', {}));
  const names = UNITS.map(() => element('small', {}));
  const namers = isUsual(view.language)
    ? view.words(unitWords)
    : UNITS.map((unit) => namer(unit, view.language));
  const clock = element(
    'div',
    { class: 'clock', role: 'timer' },
    ...UNITS.map((_, at) => element('span', {}, numbers[at], names[at])),
  );
  const over = element('p', { hidden: true }, view.say(ended));
  const shown = element(
    'div',
    { class: 'countdown' },
    label && element('p', { class: 'muted' }, view.say(label)),
    clock,
    over,
  );
  const tick = () => {
    const seconds = Math.max(0, Math.ceil(leftOf(countdown, view) / 1000));
    const parts = [
      Math.floor(seconds / 86400),
      ...[3600, 60, 1].map((unit, at) => Math.floor(seconds / unit) % (at ? 60 : 24)),
    ];
    parts.forEach((part, at) => {
      numbers[at]!.textContent = at ? `${part}`.padStart(2, '0') : `${part}`;
      names[at]!.textContent = namers[at]!(part);
    });
    // Days nobody has to wait for are no news.
    numbers[0]!.parentElement!.hidden = !parts[0];
    over.hidden = seconds > 0;
    clock.hidden = !seconds;
    return seconds;
  };
  keepTicking(tick, shown, countdown, view);
  return shown;
}

/** Once a second, while its card is the one on show; then what is to be at the end. `tick` answers the seconds that are left. */
function keepTicking(tick: () => number, shown: HTMLElement, { ended }: Countdown, view: View): void {
  const { state, stops, request } = view;
  const card = state.trail.at(-1);
  let away = 0;
  let wasThere = false;
  const run = guarded(() => {
    // An element has none: it has not come yet, or its card was left. What a page takes out for a moment stays in its root.
    const { activeElement } = shown.getRootNode() as ShadowRoot;
    const isThere = activeElement !== undefined;
    if (card != state.trail.at(-1) || (wasThere && !isThere)) return;
    wasThere = isThere;
    if (ended && !isThere && ++away > awayAtMost) return;
    const field = activeElement?.matches('.line,textarea') && (activeElement as HTMLInputElement);
    // Nobody loses what they are writing.
    if (tick() || (!ended && field && field.value)) wait();
    else if (!ended) view.leave('end');
  });
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => (timer = setTimeout(run, 1000 - (request.now() % 1000)));
  stops.push(() => clearTimeout(timer));
  tick();
  wait();
}

const UNITS = ['day', 'hour', 'minute', 'second'];

type Namer = (count: number) => string;

const unitWords: { en: Namer[]; ja: Namer[] } = {
  en: UNITS.map((unit) => (count) => (count == 1 ? unit : `${unit}s`)),
  ja: ['日', '時間', '分', '秒'].map((name) => () => name),
};

/** Says `day` or `days` in any language, by what takes a browser longer to make for the first time than all else that is drawn. */
function namer(unit: string, language: string): Namer {
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  return (count) => format.formatToParts(count).find(({ type }) => type == 'unit')?.value ?? unit;
}

const countdownCss = `
.countdown .muted{margin-bottom:6px}
.clock{display:flex;gap:8px}
.clock span{display:grid;justify-items:center;min-width:56px;padding:8px 6px;border-radius:var(--inner);background:var(--tint)}
.clock b{font-size:22px;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
.clock small{font-size:11px;line-height:1.4}
`;
