/** The words, ranges and shapes of texts that campaign files may use: one list for the checks and for the JSON Schema. */

import { MAX_CHAIN } from '../evaluate.js';
import type { Purpose } from '../events.js';
import { MAX_COUNT, MAX_STEPS } from '../steps.js';

/** Every kind of condition with the keys it may have; the key that names the kind comes first. */
export const KIND_KEYS = {
  all: ['all'],
  any: ['any'],
  not: ['not'],
  segment: ['segment'],
  attribute: ['attribute', 'is'],
  page: ['page', 'is'],
  device: ['device', 'is'],
  visit: ['visit', 'is'],
  signal: ['signal', 'is'],
  time: ['time', 'zone', 'is'],
  fact: ['fact', 'is'],
  list: ['list', 'is'],
  event: ['event', 'where', 'within', 'measure', 'of', 'is'],
  sequence: ['sequence', 'within', 'thenNot'],
} satisfies { [kind: string]: string[] };

export const FACT_NAMES = {
  device: ['type', 'viewportWidth', 'viewportHeight', 'language', 'timeZone', 'touch', 'os', 'browser'],
  visit: ['new', 'number', 'pages', 'seconds', 'landing', 'source'],
  signal: ['dwell', 'scroll', 'idle', 'exit', 'rage', 'hesitation', 'backForth', 'cart'],
  time: ['weekday', 'hour', 'date', 'time'],
  page: ['url', 'path', 'title', 'referrer'],
} satisfies { [kind: string]: string[] };

/** What `device.type` may be. */
export const DEVICE_TYPES = ['mobile', 'tablet', 'desktop'];

export const MEASURES = ['count', 'sum', 'min', 'max', 'distinct', 'most', 'first', 'last'];

/** Every kind of trigger with the keys it may have beside `on` and `page`. */
export const TRIGGER_KEYS = {
  event: ['event', 'where'],
  page: [],
  dwell: ['seconds'],
  scroll: ['percent'],
  exit: [],
  visible: ['selector'],
  idle: ['seconds'],
  rage: [],
  backForth: ['times'],
  hesitation: ['seconds', 'selector'],
  manual: [],
} satisfies { [on: string]: string[] };

/** Those that wait for several others, and what they may have beside `on`. */
export const COMBINATION_KEYS = {
  all: ['of', 'within', 'delay'],
  then: ['of', 'within', 'delay'],
} satisfies { [on: string]: string[] };
/** So many triggers may be waited for together. */
export const MAX_PARTS = 10;

export const STATUSES = ['draft', 'live', 'paused', 'ended'];
export const PURPOSES: Purpose[] = ['measure', 'personalise', 'survey', 'identify'];
/** What a cap may count. */
export const COUNTED = ['exposure', 'close', 'click', 'answer', 'goal'];
/** What may stop a campaign. */
export const STOPS = ['goals', 'responses', 'harm'];
export const CALENDAR_UNITS = ['day', 'week', 'month'];

/** Arms that see nothing, so no variant may be called so. */
export const RESERVED_ARMS = ['control', 'holdout'];

/** Every format with the places it may stand in. */
export const POSITIONS = {
  modal: [],
  banner: ['top', 'bottom'],
  'slide-in': ['bottom-right', 'bottom-left', 'top-right', 'top-left'],
  toast: ['bottom', 'top', 'bottom-right', 'bottom-left', 'top-right', 'top-left'],
  'full-screen': [],
  inline: [],
  tooltip: ['top', 'bottom', 'left', 'right'],
  tab: ['right', 'left', 'bottom-right', 'bottom-left'],
} satisfies { [format: string]: string[] };

/** Every kind of question with the keys it may have beside those of all. */
export const QUESTION_KEYS = {
  nps: ['low', 'high'],
  csat: ['low', 'high', 'look'],
  ces: ['low', 'high'],
  rating: ['low', 'high', 'of', 'look'],
  thumbs: [],
  choice: ['choices', 'multiple', 'shuffled', 'other', 'look'],
  picture: ['choices', 'multiple', 'shuffled'],
  text: ['placeholder', 'maxLength', 'short'],
  date: ['from', 'until'],
  contact: ['field'],
} satisfies { [kind: string]: string[] };

/** How a question may look, the first by default. */
export const QUESTION_LOOKS: { [kind: string]: string[] } = {
  csat: ['faces', 'stars', 'numbers'],
  rating: ['stars', 'numbers'],
  choice: ['list', 'dropdown'],
};
export const CONTACT_FIELDS = ['email', 'tel', 'name'];

/** Every action of a button with the keys it may have beside `do`. */
export const ACTION_KEYS = {
  link: ['href', 'newTab'],
  close: [],
  next: [],
  track: ['event', 'close'],
  open: ['campaign'],
  call: ['name', 'close'],
} satisfies { [action: string]: string[] };

export const COUPON_KEYS = ['code', 'label', 'pool', 'exhausted'];
/** What becomes of a message whose code cannot be had. */
export const EXHAUSTED = ['hide', 'omit'];
export const BUTTON_STYLES = ['primary', 'quiet'];
export const COLOURS = ['accent', 'accentText', 'surface', 'text', 'muted', 'border'];
export const SCHEMES = ['auto', 'light', 'dark'];
export const FONTS = ['system', 'serif', 'rounded', 'page'];
export const SPACINGS = ['compact', 'normal', 'roomy'];

/** What may be done with a value before it is put into a text, and what may stand behind the colon. */
export const FILTERS = {
  default: /^/,
  number: /^(?:[0-9]|1\d|20)?$/,
  percent: /^(?:[0-9]|1\d|20)?$/,
  money: /^[A-Z]{3}$/,
  date: /^(?:short|medium|long|full)?$/,
  time: /^(?:short|medium|long|full)?$/,
} satisfies { [filter: string]: RegExp };

/** Smallest and greatest number allowed. */
export const RANGES = {
  priority: [-1e6, 1e6],
  attention: [0, 1e6],
  rollout: [0, 1],
  /** Control groups and hold-outs. */
  unseen: [0, 0.5],
  dwell: [0, 86_400],
  scroll: [0, 100],
  /** Of pauses, s. */
  pause: [1, 86_400],
  times: [1, 1000],
  weight: [0, 1e6],
  pixels: [1, 4096],
  maxLength: [1, 4096],
  /** Of a rating. */
  steps: [2, 10],
  /** Until a toast goes, s: nobody has to hurry (WCAG 2.2.1). */
  toast: [20, 3600],
  radius: [0, 24],
  weekday: [1, 7],
} satisfies { [name: string]: [low: number, high: number] };

/** So many of each at most: what a page asks of every event, or at every occasion, must stay small. */
export const MOST = {
  /** Steps of a sequence. */
  steps: MAX_STEPS,
  /** How many times a step may have to happen. */
  count: MAX_COUNT,
  /** Segments one upon the other. */
  chain: MAX_CHAIN,
  /** Properties of an event that one `where` tests. */
  tests: 20,
  /** Values of `in` and `nin`. */
  members: 1000,
  triggers: 20,
  /** Of a campaign, of a tag, of all together. */
  caps: 20,
  /** Of a campaign. */
  tags: 20,
  /** Tags that have caps. */
  limitedTags: 100,
  variants: 20,
  cards: 100,
  /** Of a card. */
  branches: 50,
  blocks: 50,
  /** Of a block. */
  buttons: 20,
  /** Of a question. */
  choices: 200,
  /** Of a file. */
  campaigns: 2000,
  /** That the texts of a campaign may name. */
  values: 20,
};

/** Event names and tags may be this long in UTF-16, as the collector counts; JSON Schema counts code points. */
export const MAX_NAME = 64;

/** Shapes of texts, in the syntax both of JavaScript and of JSON Schema (flag `u`, nothing ignored). */
export const SHAPES = {
  /** Not empty, and not of spaces alone. */
  text: /\S/,
  /** Not what every object has: reports and answers are kept by id, and so would have it before it is given. */
  id: /^(?!(?:__\w+__|constructor|prototype|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|to(?:Locale)?String|valueOf)$)[A-Za-z0-9_-]{1,64}$/,
  campaignId: /^[a-z0-9-]{1,64}$/,
  /** Of a value that texts name. */
  valueName: /^(?!(?:__proto__|constructor|prototype)$)\w{1,64}$/,
  language: /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/,
  colour: /^#[\dA-Fa-f]{6}$/,
  timeOfDay: /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  pageParameter: /^(?:query|utm)\.[\s\S]/,
  /** What a path of a condition can reach. */
  factName: /^(?!(?:__proto__|constructor|prototype)$)[^.[\]]{1,64}$/,
  /** A step of a property path that is never read (S6). */
  forbiddenPath: /(?:^|\.)(?:__proto__|constructor|prototype)(?:\[\])?(?:\.|$)/,
};
