import type { Action, Block } from '../../core/content.js';
import { element } from './element.js';
import { drawText } from './inlineText.js';
import { leaveThen } from './motion.js';
import { safeImage, safeLink } from './safeUrl.js';
import type { CardTools, View } from './view.js';

type Of<Kind extends Block['block']> = Extract<Block, { block: Kind }>;
type Button = Of<'buttons'>['buttons'][number];
type Draw<Kind extends Block['block']> = (
  block: Of<Kind>,
  view: View,
  next: () => void,
) => HTMLElement | undefined;

/** Every block this version can show, save questions, which are the survey chunk's; text only ever as text nodes. */
export const blocks: { [Kind in Exclude<Block['block'], 'question'>]: Draw<Kind> } = {
  heading: ({ text }, { say }) => element('h2', { 'data-start': true, tabindex: -1 }, say(text)),
  text: ({ text }, view) => element('p', { class: 'text' }, ...drawText(view.wording(text), view)),
  divider: () => element('hr', {}),
  image: drawImage,
  // Their chunks put their own in here, see `loadCards`.
  coupon: () => undefined,
  countdown: () => undefined,
  product: () => undefined,
  buttons: ({ buttons }, view, next) =>
    element('div', { class: 'buttons' }, ...buttons.map((button) => drawButton(button, view, next))),
};

export const drawBlocks: CardTools['drawBlocks'] = (shown, view, next) =>
  shown.map((block) =>
    (blocks as { [kind: string]: Draw<Block['block']> })[block.block]?.(block as never, view, next),
  );

function drawImage({ src, alt, width, height }: Of<'image'>, { say, fill }: View) {
  const address = safeImage(fill(src, true));
  return address ? element('img', { src: address, alt: say(alt), width, height }) : undefined;
}

function drawButton({ id, label, action, style }: Button, view: View, next: () => void) {
  const isLink = action.do == 'link';
  const href = isLink ? safeLink(view.fill(action.href, true)) : undefined;
  if (isLink && !href) return undefined;
  const isOutside = isLink && action.newTab;
  const click = () => {
    view.events.clicked(id, action.do);
    perform(action, view, next);
  };
  return element(
    isLink ? 'a' : 'button',
    {
      class: style == 'quiet' ? 'button quiet' : 'button',
      type: !isLink && 'button',
      href,
      target: isOutside && '_blank',
      rel: isOutside && 'noopener noreferrer',
      click,
    },
    view.say(label),
  );
}

function perform(action: Action, view: View, next: () => void): void {
  if (action.do == 'next') return next();
  if (action.do == 'close') return view.leave('close');
  if (action.do == 'track') view.events.track(action.event);
  if (action.do == 'call') view.events.called(action.name);
  if (!('close' in action) || action.close) view.leave('action');
  // Once this is gone: what comes would else take it for who had the focus before.
  if (action.do == 'open') leaveThen(null, () => view.events.open(action.campaign));
}
