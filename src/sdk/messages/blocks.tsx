import type { ComponentChildren } from 'preact';
import type { Action, Block } from '../../core/content.js';
import { renderCoupon } from './coupon.js';
import { safeImage, safeLink } from './safeUrl.js';
import type { CardTools, View } from './view.js';

type Of<Kind extends Block['block']> = Extract<Block, { block: Kind }>;
type Button = Of<'buttons'>['buttons'][number];

/** Renders every block but questions, which are the survey chunk's; text only ever as text nodes. */
export const renderBlocks: CardTools['renderBlocks'] = (blocks, view, next) =>
  blocks.map((block) => renderBlock(block, view, next));

function renderBlock(block: Block, view: View, next: () => void): ComponentChildren {
  switch (block.block) {
    case 'heading':
      return (
        <h2 data-start tabIndex={-1}>
          {view.say(block.text)}
        </h2>
      );
    case 'text':
      return <p class="text">{view.say(block.text)}</p>;
    case 'image':
      return renderImage(block, view);
    case 'coupon':
      return renderCoupon(block, view);
    case 'buttons':
      return <div class="buttons">{block.buttons.map((button) => renderButton(button, view, next))}</div>;
    default:
      return null;
  }
}

/** An image that cannot be had leaves no broken frame. */
function renderImage({ src, alt, width, height }: Of<'image'>, view: View) {
  const address = safeImage(src);
  const hide = (event: Event) => ((event.currentTarget as HTMLElement).hidden = true);
  return address && <img src={address} alt={view.say(alt)} width={width} height={height} onError={hide} />;
}

function renderButton({ id, label, action, style }: Button, view: View, next: () => void) {
  const isLink = action.do == 'link';
  const href = isLink ? safeLink(action.href) : undefined;
  if (isLink && !href) return null;
  const common = {
    key: id,
    class: style == 'quiet' ? 'button quiet' : 'button',
    children: view.say(label),
    onClick: () => {
      view.events.clicked(id, action.do);
      perform(action, view, next);
    },
  };
  if (!isLink) return <button type="button" {...common} />;
  return (
    <a href={href} {...common} {...(action.newTab && { target: '_blank', rel: 'noopener noreferrer' })} />
  );
}

function perform(action: Action, view: View, next: () => void): void {
  if (action.do == 'track') view.events.track(action.event);
  if (action.do == 'next') next();
  else if (action.do == 'close') view.leave('close');
  else if (action.do == 'link' || action.close) view.leave('action');
}
