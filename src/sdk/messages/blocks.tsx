import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Action, Block } from '../../core/content.js';
import { Coupon } from './coupon.js';
import { safeImage, safeLink } from './safeUrl.js';
import type { BlocksProps, View } from './view.js';

type Of<Kind extends Block['block']> = Extract<Block, { block: Kind }>;
type Button = Of<'buttons'>['buttons'][number];

/** Renders every block but questions, which are the survey chunk's; text only ever as text nodes. */
export function Blocks({ blocks, view, next }: BlocksProps) {
  return <>{blocks.map((block) => renderBlock(block, view, next))}</>;
}

function renderBlock(block: Block, view: View, next: () => void): JSX.Element | null {
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
      return <Image block={block} view={view} />;
    case 'coupon':
      return <Coupon block={block} view={view} />;
    case 'buttons':
      return (
        <div class="buttons">
          {block.buttons.map((button) => (
            <ActionButton key={button.id} button={button} view={view} next={next} />
          ))}
        </div>
      );
    default:
      return null;
  }
}

function Image({ block: { src, alt, width, height }, view }: { block: Of<'image'>; view: View }) {
  const [isBroken, setBroken] = useState(false);
  const address = safeImage(src);
  if (!address || isBroken) return null;
  const onError = () => setBroken(true);
  return <img src={address} alt={view.say(alt)} width={width} height={height} onError={onError} />;
}

function ActionButton({ button, view, next }: { button: Button; view: View; next(): void }) {
  const { id, label, action, style } = button;
  const kind = style == 'quiet' ? 'button quiet' : 'button';
  const act = () => {
    view.events.clicked(id, action.do);
    perform(action, view, next);
  };
  if (action.do != 'link') {
    return (
      <button type="button" class={kind} onClick={act}>
        {view.say(label)}
      </button>
    );
  }
  const href = safeLink(action.href);
  if (!href) return null;
  const tab = action.newTab ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return (
    <a class={kind} href={href} {...tab} onClick={act}>
      {view.say(label)}
    </a>
  );
}

function perform(action: Action, view: View, next: () => void): void {
  if (action.do == 'next') next();
  if (action.do == 'close') view.leave('close');
  if (action.do == 'link') view.leave('action');
  if (action.do == 'track') {
    view.events.track(action.event);
    if (action.close) view.leave('action');
  }
}
