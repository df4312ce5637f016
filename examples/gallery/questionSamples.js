/** A question of every kind. */
import { say } from './say.js';

/** @typedef {import('../../src/core/content.js').Question} Question */

const SCALE = {
  low: say('Not at all', 'まったく思わない', 'إطلاقًا'),
  high: say('Very much', 'とても思う', 'جدًا'),
};
const CHOICES = [
  { value: 'price', label: say('Price', '価格', 'السعر') },
  { value: 'shipping', label: say('Shipping cost or time', '送料・お届け日数', 'كلفة الشحن أو مدته') },
  { value: 'taste', label: say('Taste', '味', 'الطعم') },
];
const OTHER = say('Something else', 'その他', 'شيء آخر');

/** @type {{ [id: string]: Question }} Without their ids, which are these. */
export const QUESTIONS = {
  nps: {
    kind: 'nps',
    label: say(
      'How likely are you to recommend us to a friend?',
      '当店を親しい方にすすめたいと思いますか？',
      'ما احتمال أن توصي بنا صديقًا؟',
    ),
    ...SCALE,
    required: true,
  },
  csat: {
    kind: 'csat',
    label: say('How was the parcel?', '梱包はいかがでしたか？', 'كيف كان الطرد؟'),
    ...SCALE,
    required: true,
  },
  'csat-stars': {
    kind: 'csat',
    look: 'stars',
    label: say('How do you like our shop?', '当店の使いやすさはいかがですか？', 'ما رأيك في متجرنا؟'),
    required: true,
  },
  'csat-numbers': {
    kind: 'csat',
    look: 'numbers',
    label: say(
      'How satisfied are you with the delivery?',
      '配送にご満足いただけましたか？',
      'ما مدى رضاك عن التوصيل؟',
    ),
    ...SCALE,
    required: true,
  },
  ces: {
    kind: 'ces',
    label: say(
      'It was easy to find what I wanted.',
      '欲しい商品をすぐに見つけられましたか？',
      'كان من السهل أن أجد ما أريد.',
    ),
    ...SCALE,
    required: true,
  },
  rating: {
    kind: 'rating',
    of: 5,
    label: say('How does this tea taste?', 'このお茶のお味はいかがですか？', 'كيف طعم هذا الشاي؟'),
    required: true,
  },
  thumbs: {
    kind: 'thumbs',
    label: say('Was this page helpful?', 'このページは役に立ちましたか？', 'هل كانت هذه الصفحة مفيدة؟'),
    required: true,
  },
  choice: {
    kind: 'choice',
    label: say('What matters most to you?', '最も重視されることは何ですか？', 'ما الأهم لديك؟'),
    choices: CHOICES,
    other: OTHER,
    required: true,
  },
  multiple: {
    kind: 'choice',
    multiple: true,
    label: say('What let you down?', 'ご期待に沿えなかったのはどの点でしょうか。', 'ما الذي خيّب ظنك؟'),
    choices: CHOICES,
    other: OTHER,
    shuffled: true,
    required: true,
  },
  dropdown: {
    kind: 'choice',
    look: 'dropdown',
    label: say('Where did you hear of us?', '当店をどこでお知りになりましたか？', 'أين سمعت عنا؟'),
    choices: CHOICES,
    other: OTHER,
    required: true,
  },
  picture: {
    kind: 'picture',
    label: say('Which one would you take?', 'どちらがお好みですか？', 'أيهما تختار؟'),
    choices: [
      {
        value: 'field',
        src: 'tea.svg',
        label: say('Straight from the field', '産地直送の荒茶', 'من الحقل مباشرة'),
      },
      { value: 'tin', src: 'tea.svg', label: say('In a tin', '缶入りの煎茶', 'في علبة') },
    ],
    required: true,
  },
  text: {
    kind: 'text',
    label: say('What did you like best?', '特によかった点をお聞かせください。', 'ما أكثر ما أعجبك؟'),
    placeholder: say('The tea, the parcel, …', 'お茶の味、梱包など', 'الشاي، الطرد…'),
    maxLength: 1000,
    required: true,
  },
  short: {
    kind: 'text',
    short: true,
    label: say('Which tea did you buy?', 'どのお茶をご購入されましたか？', 'أي شاي اشتريت؟'),
    required: true,
  },
  date: {
    kind: 'date',
    label: say('When shall we deliver?', 'お届け希望日をお選びください。', 'متى نوصل؟'),
    from: '2026-11-25',
    until: '2026-12-31',
    required: true,
  },
  contact: {
    kind: 'contact',
    field: 'email',
    label: say(
      'Where may we write to you?',
      'ご連絡先のメールアドレスをご入力ください。',
      'إلى أي عنوان نكتب إليك؟',
    ),
    required: true,
  },
};
