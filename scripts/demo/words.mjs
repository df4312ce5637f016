/** What synthetic visitors write, and the questions as they were asked. */
export const LOVED = {
  ja: [
    '香りがとてもよかったです。',
    '包装が丁寧でした。',
    '届くのが早くて驚きました。',
    '器の色合いが写真どおりでした。',
  ],
  en: ['The tea smells wonderful.', 'Lovely wrapping.', 'It arrived the next day.'],
};
export const IMPROVE = {
  ja: ['ギフト用の袋があるとうれしいです。', 'もう少し小さいサイズがほしいです。'],
  en: ['A smaller size would be nice.', 'More photos of each bowl, please.'],
};
export const MESSAGES = {
  product: { ja: '茶器は食洗機で洗えますか。', en: 'Can the cups go into the dishwasher?' },
  order: { ja: '領収書を発行していただけますか。', en: 'Could I have a receipt for my order?' },
  site: { ja: '検索があると便利だと思います。', en: 'A search box would help.' },
  idea: { ja: '季節の詰め合わせがほしいです。', en: 'A seasonal sampler box, please!' },
};
export const WORDING = {
  recommend: {
    ja: '当店を親しい方にすすめたいと思いますか？',
    en: 'How likely are you to recommend us to a friend?',
  },
  loved: { ja: '特によかった点をお聞かせください。', en: 'What did you like best?' },
  disappointed: { ja: 'ご期待に沿えなかったのはどの点でしょうか。', en: 'What let you down?' },
  improve: {
    ja: '次回10点をいただくために、改善すべき点をお聞かせください。',
    en: 'What would make it a 10 next time?',
  },
  reason: { ja: 'どのようなご用件でしょうか。', en: 'What is it about?' },
  message: { ja: '詳しくお聞かせください。', en: 'Please tell us more' },
};
