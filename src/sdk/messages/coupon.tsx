import type { Block } from '../../core/content.js';
import type { View } from './view.js';

/** A code and a button that copies it; where copying is refused, the code is selected instead. */
export function renderCoupon({ code, label }: Extract<Block, { block: 'coupon' }>, view: View) {
  const { words, announced, events, announce, say } = view;
  const copy = async (button: HTMLElement) => {
    events.clicked('coupon', 'copy');
    announce((await copyText(code, button)) ? words.copied : words.copyFailed);
  };
  return (
    <div class="coupon">
      {label && <p class="muted">{say(label)}</p>}
      <div class="ticket">
        <input readOnly value={code} aria-label={say(label) || code} />
        <button type="button" class="button quiet" onClick={(event) => void copy(event.currentTarget)}>
          {announced == words.copied ? announced : words.copy}
        </button>
      </div>
      {announced == words.copyFailed && <p class="muted">{announced}</p>}
    </div>
  );
}

async function copyText(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission or no secure context: the old way, which at least leaves the code selected.
    (button.previousSibling as HTMLInputElement).select();
    return document.execCommand('copy');
  }
}
