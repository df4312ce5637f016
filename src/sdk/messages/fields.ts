import { optionsOf, type Option } from './options.js';
import type { Asking, Of, Single } from './questions.js';

/** In characters: what is longer the log would cut without a word. */
const longestAnswer = 4096;

/** Draws the one control of a question: a line, a page of text, a day, a way to be reached. */
export function drawField(question: Single, { tools, view }: Asking, describedBy: string) {
  const { id, kind, required } = question;
  const { drafts } = view.state;
  const given = drafts[id];
  const written = typeof given == 'string' ? given : undefined;
  const shared = { id, 'data-start': true, required, 'aria-describedby': describedBy };
  const keep = () => void (drafts[id] = control.value);
  const control: HTMLInputElement | HTMLTextAreaElement =
    kind == 'text' && !question.short
      ? tools.element(
          'textarea',
          {
            ...shared,
            rows: 4,
            placeholder: view.say(question.placeholder),
            maxlength: question.maxLength ?? longestAnswer,
            input: keep,
          },
          written,
        )
      : tools.element('input', {
          ...shared,
          class: 'line',
          value: written,
          input: keep,
          ...(kind == 'text' && {
            placeholder: view.say(question.placeholder),
            maxlength: question.maxLength ?? longestAnswer,
          }),
          ...(kind == 'date' && { type: 'date', min: question.from, max: question.until }),
          ...(kind == 'contact' && {
            type: question.field == 'name' ? 'text' : question.field,
            autocomplete: question.field,
            maxlength: 254,
          }),
        });
  return control;
}

/** From which day to which one can choose, as the message's language writes days; '' where any will do. */
export function daysOf({ from, until }: Of<'date'>, language: string): string {
  const { format } = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const [first, last] = [from, until].map((day) => {
    const moment = Date.parse(day!);
    return isNaN(moment) ? '' : format(moment);
  });
  return first || last ? `${first} – ${last}`.trim() : '';
}

/** Draws choices that fold out of one line. */
export function drawDropdown(question: Of<'choice'>, asking: Asking, describedBy: string) {
  const { id, required } = question;
  const { tools, view, words } = asking;
  const { drafts } = view.state;
  const option = ({ value, shows }: Option) =>
    tools.element('option', { value, selected: drafts[id] === value }, ...shows);
  const control: HTMLSelectElement = tools.element(
    'select',
    {
      id,
      class: 'line',
      'data-start': true,
      required,
      'aria-describedby': describedBy,
      input() {
        if (control.value) drafts[id] = control.value;
        else delete drafts[id];
      },
    },
    option({ value: '', shows: [words.choose] }),
    ...optionsOf(question, asking).map(option),
  );
  return control;
}
