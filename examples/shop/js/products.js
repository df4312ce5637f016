/** Every price is in yen with tax included; `taxPercent` is 8 for food and 10 for everything else. */
export const products = [
  {
    id: 'sencha-wakaba',
    category: 'tea',
    price: 1620,
    taxPercent: 8,
    image: 'images/sencha.svg',
    name: { ja: '宇治煎茶 若葉', en: 'Uji sencha “Wakaba”' },
    tagline: { ja: '朝いちばんに飲みたい、澄んだ甘み', en: 'Clear and sweet, for the first cup of the day' },
    description: {
      ja: '五月のはじめに摘んだ若い葉だけを、浅く蒸して仕上げました。湯を少し冷ましてから注ぐと、甘みがゆっくりと広がり、あとに青い香りが残ります。',
      en: 'Only the young leaves picked in early May, lightly steamed. Let the water cool a little before you pour: the sweetness opens slowly and leaves a fresh green scent behind.',
    },
    details: [
      ['content', { ja: '80g', en: '80 g' }],
      ['origin', { ja: '京都府宇治市', en: 'Uji, Kyoto' }],
      ['brewing', { ja: '4gに70℃のお湯150ml、1分', en: '4 g in 150 ml at 70 °C, 1 minute' }],
      ['bestBefore', { ja: '製造から8か月', en: '8 months from packing' }],
    ],
  },
  {
    id: 'matcha-matsunone',
    category: 'tea',
    price: 2700,
    taxPercent: 8,
    image: 'images/matcha.svg',
    name: { ja: '抹茶 松の音', en: 'Matcha “Matsunone”' },
    tagline: { ja: '苦みはやわらかく、余韻は長く', en: 'Soft in bitterness, long in the finish' },
    description: {
      ja: '覆いの下で育てた葉を石臼でゆっくり挽きました。きめが細かく、泡立ちのよい抹茶です。はじめての一服にも、お菓子づくりにもお使いいただけます。',
      en: 'Shade-grown leaves, ground slowly on a stone mill. Fine, and quick to froth: for a first bowl of matcha as much as for baking.',
    },
    details: [
      ['content', { ja: '30g（缶入り）', en: '30 g, in a tin' }],
      ['origin', { ja: '京都府和束町', en: 'Wazuka, Kyoto' }],
      ['brewing', { ja: '2gに80℃のお湯70ml', en: '2 g in 70 ml at 80 °C' }],
      ['bestBefore', { ja: '製造から6か月', en: '6 months from packing' }],
    ],
  },
  {
    id: 'hojicha-iritate',
    category: 'tea',
    price: 972,
    taxPercent: 8,
    image: 'images/hojicha.svg',
    name: { ja: '炒りたて ほうじ茶', en: 'Fresh-roasted hojicha' },
    tagline: { ja: '香ばしくて、夜にもやさしい', en: 'Toasty, and kind to the evening' },
    description: {
      ja: '毎週水曜日に店で焙じ、その週のうちに袋詰めしています。カフェインが少なく、夕食のあとやお子さまにもおすすめです。',
      en: 'Roasted in the shop every Wednesday and packed the same week. Low in caffeine, so it suits the hours after dinner, and children too.',
    },
    details: [
      ['content', { ja: '100g', en: '100 g' }],
      ['origin', { ja: '京都府和束町', en: 'Wazuka, Kyoto' }],
      ['brewing', { ja: '6gに熱湯300ml、30秒', en: '6 g in 300 ml boiling water, 30 seconds' }],
      ['bestBefore', { ja: '製造から6か月', en: '6 months from packing' }],
    ],
  },
  {
    id: 'wakocha-yubae',
    category: 'tea',
    price: 1296,
    taxPercent: 8,
    image: 'images/wakocha.svg',
    name: { ja: '和紅茶 夕映え', en: 'Japanese black tea “Yubae”' },
    tagline: { ja: '渋みのない、まるい味わい', en: 'Round, without a trace of harshness' },
    description: {
      ja: '煎茶と同じ畑の葉を、しっかり発酵させた紅茶です。砂糖がなくても甘く、和菓子にもよく合います。',
      en: 'Leaves from the same fields as our sencha, fully oxidised. Sweet without sugar, and at home beside Japanese sweets.',
    },
    details: [
      ['content', { ja: '60g', en: '60 g' }],
      ['origin', { ja: '京都府南山城村', en: 'Minamiyamashiro, Kyoto' }],
      ['brewing', { ja: '3gに熱湯180ml、3分', en: '3 g in 180 ml boiling water, 3 minutes' }],
      ['bestBefore', { ja: '製造から12か月', en: '12 months from packing' }],
    ],
  },
  {
    id: 'kyusu-kokudei',
    category: 'tableware',
    price: 8800,
    taxPercent: 10,
    image: 'images/kyusu.svg',
    name: { ja: '黒泥の急須', en: 'Black clay kyusu' },
    tagline: { ja: '最後の一滴まで、切れよく注げる', en: 'Pours clean to the last drop' },
    description: {
      ja: '釉薬をかけずに焼きしめた、手にしっとりとなじむ急須です。茶こしは同じ土でひとつずつ開けた穴。葉がよく開き、金気がお茶に移りません。',
      en: 'Fired without glaze, so it settles into the hand. The strainer is pierced hole by hole in the same clay: leaves open fully and no metal touches the tea.',
    },
    details: [
      ['size', { ja: '容量 300ml、高さ 11cm', en: '300 ml, 11 cm high' }],
      ['material', { ja: '陶器（無釉）', en: 'Unglazed stoneware' }],
      ['care', { ja: '水またはお湯で手洗い', en: 'Rinse by hand, no soap' }],
    ],
  },
  {
    id: 'yunomi-hamon',
    category: 'tableware',
    price: 5280,
    taxPercent: 10,
    image: 'images/yunomi.svg',
    name: { ja: '波紋の湯のみ 二客組', en: 'Ripple yunomi, set of two' },
    tagline: { ja: '藍と白、ふたりのための大きさ', en: 'Indigo and white, sized for two' },
    description: {
      ja: '筆で一気に描いた波の線が、ひとつずつ違う表情を見せます。厚みのある口あたりで、熱いお茶も持ちやすい湯のみです。',
      en: 'The wave is one stroke of the brush, so no two are alike. A generous rim, and thick enough to hold when the tea is hot.',
    },
    details: [
      ['size', { ja: '直径 8cm、容量 180ml', en: '8 cm across, 180 ml' }],
      ['material', { ja: '磁器', en: 'Porcelain' }],
      ['care', { ja: '食洗機・電子レンジ可', en: 'Dishwasher and microwave safe' }],
    ],
  },
  {
    id: 'chawan-yukidoke',
    category: 'tableware',
    price: 7480,
    taxPercent: 10,
    image: 'images/chawan.svg',
    name: { ja: '抹茶碗 雪どけ', en: 'Matcha bowl “Yukidoke”' },
    tagline: { ja: '白い釉薬が流れる、春のはじまり', en: 'White glaze running like the first thaw' },
    description: {
      ja: '赤い土に白い釉薬をたっぷりとかけました。広い見込みで茶筅が動かしやすく、はじめての方にも点てやすい形です。',
      en: 'White glaze poured over red clay. The wide well leaves the whisk room to move, which makes it a forgiving first bowl.',
    },
    details: [
      ['size', { ja: '直径 13cm、高さ 7.5cm', en: '13 cm across, 7.5 cm high' }],
      ['material', { ja: '陶器', en: 'Stoneware' }],
      ['care', { ja: '手洗い', en: 'Wash by hand' }],
    ],
  },
  {
    id: 'mamezara-ume',
    category: 'tableware',
    price: 2420,
    taxPercent: 10,
    image: 'images/mamezara.svg',
    name: { ja: '豆皿 梅と青海波', en: 'Small plates, plum and wave' },
    tagline: { ja: 'お菓子ひとつが絵になる二枚組', en: 'A pair that makes one sweet look like a picture' },
    description: {
      ja: '梅の花と青海波、縁起のよい二つの形をそろえました。お菓子や薬味のほか、指輪や鍵の置き場所にもどうぞ。',
      en: 'Plum blossom and rolling waves, two patterns that wish you well. For a sweet, for condiments, or for keys and rings by the door.',
    },
    details: [
      ['size', { ja: '直径 9cm・10cm', en: '9 cm and 10 cm across' }],
      ['material', { ja: '磁器', en: 'Porcelain' }],
      ['care', { ja: '食洗機・電子レンジ可', en: 'Dishwasher and microwave safe' }],
    ],
  },
  {
    id: 'chasen-hyakuhon',
    category: 'tools',
    price: 3520,
    taxPercent: 10,
    image: 'images/chasen.svg',
    name: { ja: '百本立ての茶筅', en: 'Hundred-tine whisk' },
    tagline: { ja: 'きめ細かな泡が、すっと立つ', en: 'Raises a fine froth with little effort' },
    description: {
      ja: '一本の竹を百に割り、糸でかけ分けた茶筅です。穂先が細かいので、力を入れなくてもなめらかに泡立ちます。',
      en: 'A single piece of bamboo, split into a hundred tines and threaded by hand. So fine that it needs no force.',
    },
    details: [
      ['size', { ja: '高さ 11cm', en: '11 cm high' }],
      ['material', { ja: '白竹（国産）', en: 'Japanese white bamboo' }],
      ['care', { ja: '使う前に穂先をお湯に浸す', en: 'Soak the tines before use' }],
    ],
  },
  {
    id: 'chazutsu-sakura',
    category: 'tools',
    price: 6600,
    taxPercent: 10,
    image: 'images/chazutsu.svg',
    name: { ja: '桜皮の茶筒', en: 'Cherry-bark tea caddy' },
    tagline: { ja: '使うほどに艶が出る、湿気知らずの器', en: 'Keeps tea dry, and grows glossier with use' },
    description: {
      ja: '山桜の樹皮を貼り重ねた茶筒です。内ぶたがぴたりと閉まり、茶葉の香りを守ります。手の脂で少しずつ艶が深まります。',
      en: 'Layers of wild cherry bark over a wooden core. The inner lid closes with a sigh and keeps the scent in; the bark deepens in the hand over years.',
    },
    details: [
      [
        'size',
        { ja: '直径 8cm、高さ 12cm（茶葉 約120g）', en: '8 cm across, 12 cm high, about 120 g of tea' },
      ],
      ['material', { ja: '山桜の樹皮、木', en: 'Wild cherry bark, wood' }],
      ['care', { ja: '乾いた布で拭く', en: 'Wipe with a dry cloth' }],
    ],
  },
  {
    id: 'yokan-kuri',
    category: 'sweets',
    price: 1944,
    taxPercent: 8,
    image: 'images/yokan.svg',
    name: { ja: '栗羊羹', en: 'Chestnut yokan' },
    tagline: { ja: '丹波の栗を、まるごと閉じこめて', en: 'Whole Tamba chestnuts, set in red bean' },
    description: {
      ja: '小豆をゆっくり炊き、丹波の栗をまるごと入れて流しました。甘さは控えめ。厚めに切って、熱いほうじ茶とどうぞ。',
      en: 'Red beans simmered slowly and poured around whole chestnuts from Tamba. Not too sweet: cut it thick and pour a hot hojicha.',
    },
    details: [
      ['content', { ja: '320g（8切れほど）', en: '320 g, about eight slices' }],
      ['allergens', { ja: '特定原材料なし', en: 'None of the eight major allergens' }],
      ['bestBefore', { ja: '製造から60日', en: '60 days from making' }],
    ],
  },
  {
    id: 'kohakuto-shiki',
    category: 'sweets',
    price: 1404,
    taxPercent: 8,
    image: 'images/kohakuto.svg',
    name: { ja: '琥珀糖 四季', en: 'Kohakuto “Four seasons”' },
    tagline: { ja: 'しゃり、とほどける寒天の宝石', en: 'Agar jewels: crisp outside, soft within' },
    description: {
      ja: '春の桜、夏の水、秋のいちょう、冬の松。四つの色に、ゆず・薄荷・生姜・抹茶の香りをつけました。木の小箱に入れてお届けします。',
      en: 'Cherry, water, ginkgo and pine, scented with yuzu, mint, ginger and matcha. They come in a small wooden box.',
    },
    details: [
      ['content', { ja: '110g（木箱入り）', en: '110 g, in a wooden box' }],
      ['allergens', { ja: '特定原材料なし', en: 'None of the eight major allergens' }],
      ['bestBefore', { ja: '製造から45日', en: '45 days from making' }],
    ],
  },
];

/** The product with that id, or `undefined`. */
export function findProduct(id) {
  return products.find((product) => product.id === id);
}

/** What a category is called and what is said about it. `all` is every product. */
export const categories = {
  all: {
    name: { ja: 'すべての商品', en: 'Everything' },
    lead: {
      ja: '毎日の一服のために選んだ、十二の品です。',
      en: 'Twelve things, chosen for every day’s cup.',
    },
  },
  tea: {
    name: { ja: 'お茶', en: 'Tea' },
    lead: {
      ja: '宇治と和束、南山城の畑から届く葉です。',
      en: 'Leaves from the fields of Uji, Wazuka and Minamiyamashiro.',
    },
  },
  tableware: {
    name: { ja: 'うつわ', en: 'Tableware' },
    lead: { ja: '手に取るたびに、少しずつなじむ形です。', en: 'Shapes that come to fit the hand.' },
  },
  tools: {
    name: { ja: '道具', en: 'Tools' },
    lead: { ja: '一服をおいしくする、昔ながらの道具です。', en: 'Old tools that still make the better cup.' },
  },
  sweets: {
    name: { ja: 'お茶菓子', en: 'Sweets' },
    lead: {
      ja: 'もう一杯ほしくなる、小さな甘みです。',
      en: 'Something small and sweet, to ask for a second cup.',
    },
  },
};

/** Labels of the rows in `details`. */
export const detailLabels = {
  content: { ja: '内容量', en: 'Contents' },
  origin: { ja: '産地', en: 'Origin' },
  brewing: { ja: 'いれ方', en: 'Brewing' },
  bestBefore: { ja: '賞味期限', en: 'Best before' },
  size: { ja: '大きさ', en: 'Size' },
  material: { ja: '素材', en: 'Material' },
  care: { ja: 'お手入れ', en: 'Care' },
  allergens: { ja: 'アレルゲン', en: 'Allergens' },
};
