/** Messages by their format, or by what is in them. */
import { say } from './say.js';

/** @typedef {import('../../src/core/content.js').Content} Content */
/** @typedef {import('../../src/core/content.js').Block} Block */

const link = (label, href = '#all') => ({ id: 'go', label, action: { do: 'link', href } });
const later = {
  id: 'later',
  label: say('Not now', 'あとで', 'لاحقًا'),
  action: { do: 'close' },
  style: 'quiet',
};

/** @type {(format: Content['format'], blocks: Block[], more?: Partial<Content>) => Content} */
const message = (format, blocks, more = {}) => ({ format, ...more, cards: [{ id: 'main', blocks }] });

/** @type {{ [id: string]: Content }} */
export const MESSAGES = {
  modal: message('modal', [
    {
      block: 'heading',
      text: say('Your cart is still warm', 'カートの商品をお取り置きしています', 'سلتك بانتظارك'),
    },
    {
      block: 'text',
      text: say(
        'Here is **10 % off**, if you would like to finish your order today. [How it works](#terms)',
        '本日中のご注文でお使いいただける、**10％オフ**のクーポンをご用意しました。[ご利用条件](#terms)',
        'إليك **خصم 10٪** إن أردت إتمام طلبك اليوم. [كيف يعمل](#terms)',
      ),
    },
    { block: 'coupon', code: 'THANKYOU10', label: say('Coupon code', 'クーポンコード', 'رمز القسيمة') },
    { block: 'buttons', buttons: [link(say('Go to the cart', 'カートを見る', 'إلى السلة'), '#cart'), later] },
  ]),
  'modal-image': message('modal', [
    {
      block: 'image',
      src: 'tea.svg',
      alt: say('The first tea of the year, from Uji', '宇治の新茶が届きました', 'أول شاي هذا العام من أوجي'),
      width: 640,
      height: 320,
    },
    { block: 'buttons', buttons: [link(say('Have a look', '新茶を見る', 'ألقِ نظرة')), later] },
  ]),
  'full-screen': message('full-screen', [
    {
      block: 'heading',
      text: say(
        'Find the tea that suits you',
        'あなたに合うお茶を見つけましょう',
        'اعثر على الشاي المناسب لك',
      ),
    },
    {
      block: 'text',
      text: say(
        'Three short questions, and we send you two samples of what we think you will like.',
        '3つの質問にお答えいただくと、お好みに合いそうな茶葉を2種類、サンプルとしてお届けします。',
        'ثلاثة أسئلة قصيرة، ونرسل إليك عيّنتين مما نظن أنه سيعجبك.',
      ),
    },
    { block: 'divider' },
    { block: 'buttons', buttons: [link(say('Begin', 'はじめる', 'ابدأ')), later] },
  ]),
  banner: message(
    'banner',
    [
      {
        block: 'heading',
        text: say(
          'First time here? Shipping is on us.',
          'はじめてのご注文は、送料無料でお届けします。',
          'أول مرة هنا؟ الشحن علينا.',
        ),
      },
      {
        block: 'text',
        text: say(
          'Orders over ¥5,000 ship free anywhere in Japan.',
          '5,000円以上のご注文は、全国どこでも送料がかかりません。',
          'الطلبات فوق 5,000 ين تُشحن مجانًا إلى أي مكان في اليابان.',
        ),
      },
      { block: 'buttons', buttons: [link(say('See all items', '商品を見る', 'كل المنتجات'))] },
    ],
    { position: 'bottom' },
  ),
  'banner-top': message(
    'banner',
    [
      {
        block: 'image',
        src: 'tea.svg',
        alt: say('A field of tea', '茶畑', 'حقل شاي'),
        width: 640,
        height: 320,
      },
      {
        block: 'text',
        text: say(
          'We are closed from 29 December to 3 January.',
          '年末年始（12月29日〜1月3日）は休業いたします。',
          'نحن في عطلة من 29 ديسمبر إلى 3 يناير.',
        ),
      },
    ],
    { position: 'top' },
  ),
  'slide-in': message('slide-in', [
    {
      block: 'image',
      src: 'tea.svg',
      alt: say('A field of tea', '茶畑', 'حقل شاي'),
      width: 640,
      height: 320,
    },
    {
      block: 'heading',
      text: say('The first tea of the year', '今年の新茶が届きました', 'أول شاي هذا العام'),
    },
    {
      block: 'text',
      text: say(
        'Picked last week in Uji and steamed the same day.',
        '先週、宇治で摘みとり、その日のうちに蒸し上げました。',
        'قُطف الأسبوع الماضي في أوجي وجُفّف في اليوم نفسه.',
      ),
    },
    { block: 'buttons', buttons: [link(say('Have a look', '新茶を見る', 'ألقِ نظرة'))] },
  ]),
  'slide-in-top-left': message(
    'slide-in',
    [
      {
        block: 'heading',
        text: say(
          'Welcome back, {{ visitor.name | default: "friend" }}',
          '{{ visitor.name | default: "お客" }}様、お帰りなさいませ',
          'أهلًا بعودتك، {{ visitor.name | default: "صديقنا" }}',
        ),
      },
      {
        block: 'text',
        text: say(
          'Your last order is on its way.',
          '前回のご注文は、ただいま配送中です。',
          'طلبك الأخير في الطريق.',
        ),
      },
    ],
    { position: 'top-left' },
  ),
  toast: message(
    'toast',
    [
      {
        block: 'text',
        text: say('Added to your favourites.', 'お気に入りに追加しました。', 'أُضيف إلى المفضّلة.'),
      },
    ],
    { position: 'bottom', seconds: 30 },
  ),
  inline: message(
    'inline',
    [
      { block: 'heading', text: say('A tea a month', '毎月のお茶、定期便で', 'شاي كل شهر') },
      {
        block: 'text',
        text: say(
          'Pause or end it whenever you like.',
          'いつでもお休み・解約いただけます。',
          'أوقفه متى شئت.',
        ),
      },
      { block: 'buttons', buttons: [link(say('See how', '詳しく見る', 'كيف؟'))] },
    ],
    { slot: 'gallery' },
  ),
  tooltip: message(
    'tooltip',
    [
      {
        block: 'heading',
        text: say('Now with gift wrapping', '包装紙をお選びいただけます', 'الآن مع تغليف هدايا'),
      },
      {
        block: 'text',
        text: say(
          'Choose one of three papers here.',
          '3種類の和紙からお選びください。',
          'اختر ورقة من ثلاث هنا.',
        ),
      },
      {
        block: 'buttons',
        buttons: [{ id: 'ok', label: say('I see', 'わかりました', 'حسنًا'), action: { do: 'close' } }],
      },
    ],
    { anchor: '#gallery-anchor' },
  ),
  coupon: message('slide-in', [
    { block: 'heading', text: say('A small thank-you', 'ささやかなお礼です', 'شكر بسيط') },
    {
      block: 'coupon',
      pool: 'thanks',
      label: say('Yours alone, until Sunday', 'お一人様1回限り・日曜日まで', 'لك وحدك حتى الأحد'),
    },
  ]),
  countdown: message('modal', [
    {
      block: 'heading',
      text: say('Order today, with you tomorrow', '本日のご注文は明日お届けします', 'اطلب اليوم ليصلك غدًا'),
    },
    {
      block: 'countdown',
      until: '2026-11-25T12:00:00+09:00',
      label: say('Time left for express delivery', '当日発送の締め切りまで', 'الوقت المتبقي للشحن السريع'),
      ended: say('Today’s parcels have left.', '本日の発送は終了しました。', 'غادرت طرود اليوم.'),
    },
    { block: 'buttons', buttons: [link(say('To the shop', 'お店を見る', 'إلى المتجر'))] },
  ]),
  product: message('slide-in', [
    {
      block: 'heading',
      text: say('Still thinking about it?', 'こちらの商品をお探しですか', 'ما زلت تفكر فيه؟'),
    },
    {
      block: 'product',
      id: 'viewed',
      name: say(
        '{{ values.viewed | default: "Our tea of the month" }}',
        '{{ values.viewed | default: "今月のお茶" }}',
        '{{ values.viewed | default: "شاي الشهر" }}',
      ),
      price: say(
        '{{ values.price | money: "JPY" | default: "" }}',
        '{{ values.price | money: "JPY" | default: "" }}',
        '{{ values.price | money: "JPY" | default: "" }}',
      ),
      src: 'tea.svg',
      href: '#product',
    },
  ]),
};
