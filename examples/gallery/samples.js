/**
 * One message of every format and one question of every kind, in three languages of which one is written from right to left. The gallery
 * shows them and the tests look at them.
 */

/** @typedef {import('../../src/core/content.js').Content} Content */

import { MESSAGES } from './messageSamples.js';
import { QUESTIONS } from './questionSamples.js';
import { say } from './say.js';

/** What the gallery's visitor has done, and when it is there. */
export const VISITOR = {
  attributes: { name: 'Sato' },
  values: { viewed: 'Sencha, first harvest', price: 1980 },
  device: { language: 'ja', type: 'desktop' },
};
export const NOW = Date.parse('2026-11-24T10:00:00+09:00');

const ask = (id, question) => ({ id, blocks: [{ block: 'question', question: { id, ...question } }] });
const thanks = {
  id: 'thanks',
  end: true,
  blocks: [
    { block: 'heading', text: say('Thank you', 'ありがとうございました', 'شكرًا لك') },
    {
      block: 'text',
      text: say('We read every answer.', 'いただいたご回答は、すべて拝見しております。', 'نقرأ كل إجابة.'),
    },
  ],
};
const survey = (cards, more = {}) => ({
  format: 'slide-in',
  position: 'bottom-right',
  label: say('A question about your order', 'ご注文についてのアンケート', 'سؤال عن طلبك'),
  cards,
  ...more,
});

/** Promoters and detractors get different second questions; then a closing card. */
const branched = survey([
  { ...ask('nps', QUESTIONS.nps), branches: [{ is: { lte: 6 }, to: 'multiple' }], next: 'text' },
  { ...ask('text', QUESTIONS.text), next: 'csat' },
  { ...ask('multiple', QUESTIONS.multiple), next: 'csat' },
  ask('csat', QUESTIONS.csat),
  thanks,
]);

/** @type {{ [id: string]: Content }} Messages by format or by what is in them, then surveys by their question. */
export const SAMPLES = {
  ...MESSAGES,
  tab: survey([ask('choice', QUESTIONS.choice), ask('text', QUESTIONS.text), thanks], {
    format: 'tab',
    position: 'right',
    launcher: say('Feedback', 'ご意見', 'رأيك'),
  }),
  survey: branched,
  ...Object.fromEntries(
    Object.entries(QUESTIONS).map(([id, question]) => [`survey-${id}`, survey([ask(id, question), thanks])]),
  ),
  'survey-info': survey([
    {
      id: 'info',
      blocks: [
        { block: 'heading', text: say('Two short questions', '2つだけお聞かせください', 'سؤالان قصيران') },
        { block: 'text', text: say('It takes half a minute.', '30秒ほどで終わります。', 'نصف دقيقة فقط.') },
      ],
    },
    ask('thumbs', QUESTIONS.thumbs),
    thanks,
  ]),
  'survey-thanks': survey([{ ...thanks, blocks: [...thanks.blocks] }]),
  'survey-modal': { ...branched, format: 'modal', position: undefined },
};

/** The samples whose message is a survey. */
export const isSurvey = (id) => id.startsWith('survey') || id === 'tab';
