import { useRef, useState } from 'preact/hooks';
import type { Block } from '../../core/content.js';
import type { View } from './view.js';

interface Props {
  block: Extract<Block, { block: 'coupon' }>;
  view: View;
}

/** A code and a button that copies it; where copying is refused, the code is selected instead. */
export function Coupon({ block: { code, label }, view }: Props) {
  const [said, setSaid] = useState('');
  const [isCopied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { words, events } = view;
  const copy = async () => {
    events.clicked('coupon', 'copy');
    const done = await copyText(code, field.current);
    setCopied(done);
    setSaid(done ? words.copied : words.copyFailed);
  };
  return (
    <div class="coupon">
      {label && <p class="muted">{view.say(label)}</p>}
      <div class="ticket">
        <input
          ref={field}
          readOnly
          value={code}
          size={Math.max(4, code.length)}
          aria-label={view.say(label) || code}
        />
        <button type="button" class="button quiet" onClick={() => void copy()}>
          {isCopied ? words.copied : words.copy}
        </button>
      </div>
      <p role="status" class={said == words.copyFailed ? 'muted' : 'unseen'}>
        {said}
      </p>
    </div>
  );
}

async function copyText(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission or no secure context: the old way, which at least leaves the code selected.
    field?.select();
    return document.execCommand('copy');
  }
}
