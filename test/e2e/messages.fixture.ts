import type { Content, Question } from '../../src/core/content.js';

/** One content per format, in both languages. */
export const modal: Content = {
  format: 'modal',
  cards: [
    {
      id: 'offer',
      blocks: [
        {
          block: 'heading',
          text: { en: 'Your cart is still warm', ja: 'カートの商品をお取り置きしています' },
        },
        {
          block: 'text',
          text: {
            en: 'Here is 10 % off, if you would like to finish your order today.',
            ja: '本日中のご注文でお使いいただける、10％オフのクーポンをご用意しました。',
          },
        },
        { block: 'coupon', code: 'THANKYOU10', label: { en: 'Coupon code', ja: 'クーポンコード' } },
        {
          block: 'buttons',
          buttons: [
            {
              id: 'to-cart',
              label: { en: 'Go to the cart', ja: 'カートを見る' },
              action: { do: 'link', href: '#cart' },
              style: 'primary',
            },
            {
              id: 'not-now',
              label: { en: 'Not now', ja: 'あとで' },
              action: { do: 'close' },
              style: 'quiet',
            },
          ],
        },
      ],
    },
  ],
};

export const banner: Content = {
  format: 'banner',
  position: 'bottom',
  cards: [
    {
      id: 'welcome',
      blocks: [
        {
          block: 'heading',
          text: {
            en: 'First time here? Shipping is on us.',
            ja: 'はじめてのご注文は、送料無料でお届けします。',
          },
        },
        {
          block: 'text',
          text: {
            en: 'Orders over ¥5,000 ship free anywhere in Japan.',
            ja: '5,000円以上のご注文は、全国どこでも送料がかかりません。',
          },
        },
        {
          block: 'buttons',
          buttons: [
            {
              id: 'browse',
              label: { en: 'See all items', ja: '商品を見る' },
              action: { do: 'link', href: '#all' },
              style: 'primary',
            },
          ],
        },
      ],
    },
  ],
};

export const slideIn: Content = {
  format: 'slide-in',
  cards: [
    {
      id: 'new',
      blocks: [
        {
          block: 'image',
          src: '/dot.svg',
          alt: { en: 'A field of tea', ja: '茶畑' },
          width: 640,
          height: 320,
        },
        { block: 'heading', text: { en: 'The first tea of the year', ja: '今年の新茶が届きました' } },
        {
          block: 'text',
          text: {
            en: 'Picked last week in Uji and steamed the same day.',
            ja: '先週、宇治で摘みとり、その日のうちに蒸し上げました。',
          },
        },
        {
          block: 'buttons',
          buttons: [
            {
              id: 'look',
              label: { en: 'Have a look', ja: '新茶を見る' },
              action: { do: 'track', event: 'looked', close: true },
            },
          ],
        },
      ],
    },
  ],
};

const ask = (id: string, question: Question) => ({ id, blocks: [{ block: 'question' as const, question }] });

/** Promoters and detractors get different second questions; then a closing card. */
export const survey: Content = {
  format: 'slide-in',
  position: 'bottom-right',
  label: { en: 'A question about your order', ja: 'ご注文についてのアンケート' },
  cards: [
    {
      ...ask('score', {
        kind: 'nps',
        id: 'recommend',
        label: {
          en: 'How likely are you to recommend us to a friend?',
          ja: '当店を親しい方にすすめたいと思いますか？',
        },
        low: { en: 'Not at all likely', ja: 'まったく思わない' },
        high: { en: 'Extremely likely', ja: 'とても思う' },
        required: true,
      }),
      branches: [{ is: { lte: 6 }, to: 'detractor' }],
      next: 'promoter',
    },
    {
      ...ask('promoter', {
        kind: 'text',
        id: 'loved',
        label: { en: 'What did you like best?', ja: '特によかった点をお聞かせください。' },
        placeholder: { en: 'The tea, the parcel, …', ja: 'お茶の味、梱包など' },
        maxLength: 1000,
      }),
      next: 'stars',
    },
    {
      ...ask('detractor', {
        kind: 'choice',
        id: 'disappointed',
        label: { en: 'What let you down?', ja: 'ご期待に沿えなかったのはどの点でしょうか。' },
        multiple: true,
        required: true,
        choices: [
          { value: 'price', label: { en: 'Price', ja: '価格' } },
          { value: 'shipping', label: { en: 'Shipping cost or time', ja: '送料・お届け日数' } },
          { value: 'other', label: { en: 'Something else', ja: 'その他' } },
        ],
      }),
      next: 'stars',
    },
    ask('stars', {
      kind: 'csat',
      id: 'parcel',
      label: { en: 'How was the parcel?', ja: '梱包はいかがでしたか？' },
      low: { en: 'Poor', ja: '不満' },
      high: { en: 'Great', ja: '満足' },
    }),
    {
      id: 'thanks',
      end: true,
      blocks: [
        { block: 'heading', text: { en: 'Thank you', ja: 'ありがとうございました' } },
        {
          block: 'text',
          text: { en: 'We read every answer.', ja: 'いただいたご回答は、すべて拝見しております。' },
        },
      ],
    },
  ],
};

export const tab: Content = {
  format: 'tab',
  position: 'right',
  launcher: { en: 'Feedback', ja: 'ご意見' },
  label: { en: 'Tell us what you think', ja: 'ご意見をお聞かせください' },
  cards: [
    ask('reason', {
      kind: 'choice',
      id: 'reason',
      label: { en: 'What is it about?', ja: 'どのようなご用件でしょうか。' },
      required: true,
      choices: [
        { value: 'product', label: { en: 'An item', ja: '商品について' } },
        { value: 'order', label: { en: 'My order', ja: 'ご注文について' } },
        { value: 'site', label: { en: 'This site', ja: 'このサイトについて' } },
      ],
    }),
    ask('text', {
      kind: 'text',
      id: 'message',
      label: { en: 'Please tell us more', ja: '詳しくお聞かせください。' },
      required: true,
    }),
  ],
};
