import type { Question } from '../../core/content.js';
import type { Child } from './element.js';
import type { Asking, Of, Single } from './questions.js';

/** What is chosen from: its value, its input's accessible name where that is not what it shows, and what it shows. */
export interface Option {
  value: string | number;
  name?: string;
  shows: Child[];
}

/** Where one's own words are kept that go with the choice `other`; no question has such an id. */
export const otherOf = (id: string) => `${id}.other`;

/** What a question lets one choose from, in the order it is shown. */
export function optionsOf(question: Exclude<Question, Single>, asking: Asking): Option[] {
  switch (question.kind) {
    case 'nps':
      return scores(0, 10, asking);
    case 'csat':
      return scores(1, 5, asking, question.look ?? 'faces');
    case 'ces':
      return scores(1, 7, asking);
    case 'rating':
      return scores(1, question.of ?? 5, asking, question.look ?? 'stars');
    case 'thumbs':
      return thumbs(asking);
    default:
      return choices(question, asking);
  }
}

function scores(first: number, last: number, { tools, words }: Asking, look?: string): Option[] {
  const options: Option[] = [];
  for (let score = first; score <= last; score++) {
    const drawn = look == 'faces' ? faceOf(score) : look == 'stars' && STAR;
    options.push({
      value: score,
      name: words.score(score, last),
      shows: [drawn && tools.drawing(24, drawn), look != 'stars' && `${score}`],
    });
  }
  return options;
}

const thumbs = ({ tools, words }: Asking): Option[] => [
  { value: 'up', shows: [tools.drawing(24, THUMB), words.up] },
  { value: 'down', shows: [tools.drawing(24, THUMB), words.down] },
];

/** Shuffled once for a message, so that going back finds them as they were; one's own choice stays last. */
function choices(question: Of<'choice' | 'picture'>, { view, tools }: Asking): Option[] {
  const order = (view.state.orders[question.id] ??= orderOf(
    question.choices.length,
    question.shuffled ? (view.request.random ?? Math.random) : undefined,
  ));
  const options = order.map((at): Option => {
    const choice = question.choices[at]!;
    const address = 'src' in choice && tools.safeImage(view.fill(choice.src, true));
    const picture = address && tools.element('img', { src: address, alt: '', width: 240, height: 180 });
    return { value: choice.value, shows: [picture, view.say(choice.label)] };
  });
  const other = question.kind == 'choice' && question.other;
  return other ? [...options, { value: 'other', shows: [view.say(other)] }] : options;
}

/** Each order as likely as any other (Fisher and Yates). */
function orderOf(count: number, random?: () => number): number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; random && at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

/** The line for one's own words; there while `other` is chosen. */
export function drawOther(
  { id, other }: Of<'choice'>,
  { view, tools }: Asking,
  isChosen: () => boolean,
): HTMLElement | undefined {
  if (!other) return undefined;
  const { drafts } = view.state;
  const given = drafts[otherOf(id)];
  const line: HTMLInputElement = tools.element('input', {
    class: 'line',
    'aria-label': view.say(other),
    'aria-describedby': `problem-${id}`,
    maxlength: 200,
    value: typeof given == 'string' ? given : undefined,
    input: () => (drafts[otherOf(id)] = line.value),
  });
  const show = () => (line.hidden = !isChosen());
  show();
  // What is chosen is known once its own listener has run.
  setTimeout(tools.guarded(() => line.closest('form')?.addEventListener('input', tools.guarded(show))));
  return line;
}

const STAR = 'M12 3l2.7 5.7 6.3.8-4.6 4.3 1.2 6.2-5.6-3.1-5.6 3.1 1.2-6.2L3 9.5l6.3-.8z';
const THUMB = 'M7 11v9H4v-9zM7 11l4-8c1.7 0 3 1.3 3 3v3h5.2a2 2 0 0 1 2 2.4l-1.4 7a2 2 0 0 1-2 1.6H7';

/** A face whose mouth bends with the score; the number beside it says the same. */
function faceOf(score: number): string {
  const bend = (score - 3) * 2.2;
  const corner = 16 - bend / 2;
  return `M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0zM9 9.2v.6M15 9.2v.6M8 ${corner}Q12 ${16 + bend} 16 ${corner}`;
}
