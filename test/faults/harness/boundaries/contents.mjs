/** What campaigns show: every block, every question, every format's needs. */
export const t = (en, ja) => ({ en, ja });
export const heading = (text) => ({ block: 'heading', text });
export const buttons = (...list) => ({ block: 'buttons', buttons: list });
export const button = (id, action, style) => ({ id, label: t(id, id), action, ...(style && { style }) });
export const content = (format, cards, more = {}) => ({ format, ...more, cards });
export const hello = content('banner', [{ id: 'hello', blocks: [heading(t('Hello', 'こんにちは'))] }], {
  position: 'top',
});
const q = (question) => ({ block: 'question', question });
export const label = t('What?', '何?');
export const surveyCards = [
  {
    id: 'score',
    blocks: [
      q({ kind: 'nps', id: 'score', label, low: t('no', 'いいえ'), high: t('yes', 'はい'), required: true }),
    ],
    branches: [
      { is: { gte: 9 }, to: 'why' },
      { question: 'score', is: { lt: 2 }, to: 'end' },
    ],
    next: 'face',
  },
  { id: 'face', blocks: [{ block: 'text', text: label }, q({ kind: 'csat', id: 'face', label })] },
  {
    id: 'why',
    blocks: [q({ kind: 'text', id: 'why', label, placeholder: label, maxLength: 20, required: true })],
  },
  {
    id: 'what',
    blocks: [
      q({
        kind: 'choice',
        id: 'what',
        label,
        multiple: true,
        choices: [
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ],
      }),
      buttons(button('on', { do: 'next' }, 'quiet')),
    ],
  },
  { id: 'thanks', end: true, blocks: [heading(t('Thanks', 'ありがとう'))] },
];
export const look = [
  {
    id: 'one',
    blocks: [
      heading(t('A cup', '器')),
      { block: 'text', text: label },
      { block: 'image', src: '/nothing.png', alt: label, width: 10, height: 10 },
      { block: 'coupon', code: 'TEA', label },
      buttons(button('follow', { do: 'track', event: 'followed' }), button('on', { do: 'next' }, 'quiet')),
    ],
  },
  {
    id: 'two',
    blocks: [
      heading('Two'),
      buttons(
        button('go', { do: 'link', href: '#there' }),
        button('mail', { do: 'link', href: 'mailto:a@b.example', newTab: true }),
      ),
    ],
    next: 'three',
  },
  { id: 'three', end: true, blocks: [heading('Three'), buttons(button('bye', { do: 'close' }))] },
];
