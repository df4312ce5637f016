/**
 * The wire: what a browser writes into its log and what `POST /v1/batch` carries. What is not sent now can never be asked
 * later, so a field may be added here but never removed, and the collector keeps fields it does not know.
 */
/** A JSON value as it may stand in event properties and visitor attributes. */
type Json = null | boolean | number | string | Json[] | {
    [key: string]: Json;
};
/** Event properties or visitor attributes: string keys, JSON values. */
type Properties = {
    [key: string]: Json;
};
/** What an event is for. A purpose the visitor denied is neither stored nor sent (P2). */
type Purpose = 'measure' | 'personalise' | 'survey' | 'identify';

/** The segment language: conditions as JSON. One page of reference is `docs/language.md`. */

/** Versions to compare with, by the precedence of Semantic Versioning 2.0.0. */
interface VersionTest {
    eq?: string;
    gt?: string;
    gte?: string;
    lt?: string;
    lte?: string;
}
/** A moment: an ISO 8601 date, `now`, or a duration with a sign, before or after now: `-30d`, `+3d`. */
type Moment = string;
/**
 * A value that the site gives for all of its visitors, by its path in the program's `facts`; stands for a number, a text, a list
 * or a duration.
 */
interface PublicFact {
    public: string;
}
/** Comparisons; all named ones must hold. A missing value satisfies only `exists: false` and `ne`/`nin`. */
interface Test {
    eq?: Json;
    ne?: Json;
    gt?: number | string | PublicFact;
    gte?: number | string | PublicFact;
    lt?: number | string | PublicFact;
    lte?: number | string | PublicFact;
    in?: Json[] | PublicFact;
    nin?: Json[] | PublicFact;
    /** Substring of a string, or member of an array. */
    contains?: Json;
    startsWith?: string;
    endsWith?: string;
    exists?: boolean;
    /** A regular expression (flag `u`) that cannot take long, see `patternProblem`. */
    matches?: string;
    semver?: VersionTest;
    /** A date, as ISO 8601 or ms since 1970, before, after a moment. */
    before?: Moment;
    after?: Moment;
    /** All values at the path pass, and there is one; what stands beside it is asked of all too. */
    every?: Test;
}

/** What a survey asks. */

/** One of several that can be chosen. */
interface Choice {
    /** Stored in the answer; stable over wordings and languages. */
    value: string;
    label: Text;
}
/** One that is chosen by its picture, which says the same as its label. */
interface PictureChoice extends Choice {
    /** https: or of the site's own origin. */
    src: string;
}
/** What every question has. */
interface Asked {
    /** Names it in answers and branches; unique in the message. */
    id: string;
    label: Text;
    /** Whether it must be answered; default no, and it may be skipped. */
    required?: boolean;
}
/** From low to high. */
interface Scale extends Asked {
    /** What the lowest score means. */
    low?: Text;
    /** What the highest score means. */
    high?: Text;
}
interface Chosen extends Asked {
    /** Whether several may be chosen; the answer is a list then. */
    multiple?: boolean;
    /** Whether each visitor sees them in an order of their own. */
    shuffled?: boolean;
}
/** A question; `kind` says what kind of answer it takes. */
type Question = 
/** 0 to 10: how likely one is to recommend. */
(Scale & {
    kind: 'nps';
})
/** 1 to 5: how satisfied one is. */
 | (Scale & {
    kind: 'csat';
    look?: 'faces' | 'stars' | 'numbers';
})
/** 1 to 7: how far one agrees that it was easy. */
 | (Scale & {
    kind: 'ces';
})
/** 1 to `of` (2 to 10, default 5). */
 | (Scale & {
    kind: 'rating';
    of?: number;
    look?: 'stars' | 'numbers';
})
/** `up` or `down`. */
 | (Asked & {
    kind: 'thumbs';
})
/** The value of a choice; `other` where one wrote a choice of one's own, which always is the last. */
 | (Chosen & {
    kind: 'choice';
    choices: Choice[];
    other?: Text;
    look?: 'list' | 'dropdown';
}) | (Chosen & {
    kind: 'picture';
    choices: PictureChoice[];
}) | (Asked & {
    kind: 'text';
    placeholder?: Text;
    maxLength?: number;
    short?: boolean;
})
/** A day as `2026-11-24`, not before `from`, not after `until`. */
 | (Asked & {
    kind: 'date';
    from?: string;
    until?: string;
})
/** How one can be reached. Personal data: the file must allow it, and so must the visitor (`identify`). */
 | (Asked & {
    kind: 'contact';
    field: 'email' | 'tel' | 'name';
});

/**
 * Themes to begin with, by the name a theme's `preset` gives. They are data: what a message is drawn with knows none of them. Text and
 * buttons of each meet WCAG 2.2 AA in both schemes.
 */
declare const THEMES: {
    /** Ink on white: what messages look like that have no theme (`styles.ts` says the same). */
    ink: {
        accent: string;
        surface: string;
        text: string;
        muted: string;
        border: string;
        dark: {
            accent: string;
            surface: string;
            text: string;
            muted: string;
            border: string;
        };
        radius: 14;
        font: "system";
        spacing: "normal";
    };
    /** Green tea. */
    matcha: {
        accent: string;
        surface: string;
        text: string;
        muted: string;
        border: string;
        radius: number;
        dark: {
            accent: string;
            surface: string;
            text: string;
            muted: string;
            border: string;
        };
        font: "system";
        spacing: "normal";
    };
    /** Cherry blossoms. */
    sakura: {
        accent: string;
        surface: string;
        text: string;
        muted: string;
        border: string;
        radius: number;
        font: "rounded";
        dark: {
            accent: string;
            surface: string;
            text: string;
            muted: string;
            border: string;
        };
        spacing: "normal";
    };
    /** Dyer's indigo: close and plain. */
    indigo: {
        accent: string;
        surface: string;
        text: string;
        muted: string;
        border: string;
        radius: number;
        spacing: "compact";
        dark: {
            accent: string;
            surface: string;
            text: string;
            muted: string;
            border: string;
        };
        font: "system";
    };
    /** Undyed cloth: serifs and much room. */
    kinari: {
        accent: string;
        surface: string;
        text: string;
        muted: string;
        border: string;
        radius: number;
        font: "serif";
        spacing: "roomy";
        dark: {
            accent: string;
            surface: string;
            text: string;
            muted: string;
            border: string;
        };
    };
    /** Persimmons: warm and round. */
    kaki: {
        accent: string;
        surface: string;
        text: string;
        muted: string;
        border: string;
        radius: number;
        font: "rounded";
        dark: {
            accent: string;
            surface: string;
            text: string;
            muted: string;
            border: string;
        };
        spacing: "normal";
    };
};
type ThemeName = keyof typeof THEMES;

/** What a message or survey says: a typed block tree. No HTML, CSS or script from authors (D7, S2). */

/**
 * One wording for everybody, or one per language tag (`{"en": …, "ja": …}`); fallback `fr-CA` → `fr` → the campaign's default.
 * `{{ … }}` in it is filled in for the visitor, see `template.ts`.
 */
type Text = string | {
    [language: string]: string;
};
/** What a button does. `href` may be https:, mailto:, tel: or relative to the site (S3). */
type Action = {
    do: 'link';
    href: string;
    newTab?: boolean;
} | {
    do: 'close';
} | {
    do: 'next';
} | {
    do: 'track';
    event: string;
    close?: boolean;
}
/** Takes this message away and shows another campaign, such as a survey, as `show(id)` does. */
 | {
    do: 'open';
    campaign: string;
}
/** Tells the site's own code, which listens with `on('called', …)`. */
 | {
    do: 'call';
    name: string;
    close?: boolean;
};
/** A coupon of which each person gets a code of its own, from the collector as the message is shown. One a message. */
interface PooledCoupon {
    block: 'coupon';
    /** The pool of codes at the collector. */
    pool: string;
    label?: Text;
    /**
     * Where no code can be had, because none is left or the collector does not answer in time: the message is not shown (default),
     * is shown without the coupon, or begins with that card of it instead.
     */
    exhausted?: 'hide' | 'omit' | {
        card: string;
    };
}
/** Counts down to a moment that is the same for everybody; no other deadline is an honest one. */
interface Countdown {
    block: 'countdown';
    /** ISO 8601 with zone. */
    until: string;
    label?: Text;
    /** What stands there when it is over; default: the message is not shown any more. */
    ended?: Text;
}
/** Something to buy, mostly told by the visitor's own behaviour: `{{ values.name | default: "…" }}`. */
interface Product {
    block: 'product';
    /** Names it in reports of clicks; unique in its card. */
    id: string;
    name: Text;
    /** What stands below the name, such as `{{ values.price | money: "JPY" }}`. */
    price?: Text;
    /** As of an image; where it cannot be had the card stands without. */
    src?: string;
    /** As of a link; without one it is only looked at. */
    href?: string;
}
type Block = {
    block: 'heading';
    text: Text;
}
/** `**strong**`, `*emphasis*` and `[words](address)` are what they look like; a backslash takes one literally. */
 | {
    block: 'text';
    text: Text;
} | {
    block: 'divider';
} | Countdown | Product | {
    block: 'image';
    src: string;
    alt: Text;
    width: number;
    height: number;
} | {
    block: 'coupon';
    code: string;
    label?: Text;
} | PooledCoupon | {
    block: 'buttons';
    buttons: {
        id: string;
        label: Text;
        action: Action;
        style?: 'primary' | 'quiet';
    }[];
} | {
    block: 'question';
    question: Question;
};
/** A branch: taken if the answer to `question` passes. `{to: 'end'}` closes with completion. */
interface Branch {
    /** Default: this card's question. */
    question?: string;
    is: Test;
    to: string;
}
/** One screen of a message; a survey has one question per card. */
interface Card {
    id: string;
    blocks: Block[];
    /** First branch that holds wins; else `next`; else the following card; else the end. */
    branches?: Branch[];
    next?: string;
    /** A closing card: reaching it completes the survey. */
    end?: boolean;
}
/**
 * `full-screen` comes only where the visitor asked for it. `inline` stands in a place of the page (`slot`), `tooltip` beside an element of
 * it (`anchor`).
 */
type Format = 'modal' | 'banner' | 'slide-in' | 'toast' | 'full-screen' | 'inline' | 'tooltip' | 'tab';
/** `banner`: top or bottom. `slide-in`: a corner. `toast`: top, bottom or a corner. `tab`: the right or left edge, at its middle or lower end. `tooltip`: the side it is on if there is room. */
type Position = 'top' | 'bottom' | 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left' | 'right' | 'left';
/** Theme tokens; colours are `#rrggbb`. Absent ones come from the site's theme, then from the default. */
interface Theme {
    /** One of ours to begin with (`themes.ts`), under the tokens beside it. A program has its tokens instead. */
    preset?: ThemeName;
    accent?: string;
    accentText?: string;
    surface?: string;
    text?: string;
    muted?: string;
    border?: string;
    /** Corner radius in px, 0-24. */
    radius?: number;
    /** Of the device (default), with serifs, rounded, or the one the page is written in. */
    font?: 'system' | 'serif' | 'rounded' | 'page';
    /** How much room there is around things; default `normal`. */
    spacing?: 'compact' | 'normal' | 'roomy';
    /** Where a message stands that does not say it, and can stand there. */
    position?: Position;
    /** `auto` follows prefers-color-scheme. */
    scheme?: 'auto' | 'light' | 'dark';
    /** The same tokens for the dark scheme. */
    dark?: Colours;
}
/** The tokens of a theme that are colours. */
type Colours = Pick<Theme, 'accent' | 'accentText' | 'surface' | 'text' | 'muted' | 'border'>;
interface Content {
    format: Format;
    position?: Position;
    /** Of an `inline` message: it stands in the page's element with `data-kikubari-slot` of that name. */
    slot?: string;
    /** Of a `tooltip`: a CSS selector; the first such element is what it points at. */
    anchor?: string;
    /** Of a `toast`: it goes by itself after so long, unless it is being read; default: never. At least 20. */
    seconds?: number;
    theme?: Theme;
    /** Label of the feedback tab. */
    launcher?: Text;
    /** Accessible name of the message; default is its first heading. */
    label?: Text;
    cards: Card[];
}

/** What `decide` reads and answers. No clock, no randomness, no DOM: everything it may know is an argument. */

/** What only the server knows of a user. */
interface PersonalFacts {
    facts: Properties;
    /** Those that the user is in. */
    lists: string[];
}
/** Facts of this moment. Absent ones make conditions over them false. */
interface Facts {
    visitor: string;
    user?: string;
    attributes: Properties;
    consent: readonly Purpose[];
    page: {
        url: string;
        title?: string;
        referrer?: string;
    };
    /** Device, landing page and source as the session-start event has them. */
    device: Properties;
    visit: {
        session: string;
        number: number;
        pages: number;
        startedAt: number;
        landing?: string;
        source?: string;
    };
    /** All but the first two are absent where nothing on the page listens for them. */
    signals: {
        dwell: number;
        scroll: number;
        idle?: number;
        exit?: boolean;
        rage?: number;
        hesitation?: number;
    };
    /** Absent while they are not known: nobody is identified, or the server has not answered for this user. */
    personal?: PersonalFacts;
}

/** What the page's script and the lazily loaded message chunk say to each other. */

/** One answer, as it is written into the log. */
type Answer = {
    card: string;
    question: string;
    kind: string;
    value: Json;
    wording: string;
    /** What was written beside the choice `other`. */
    other?: Json;
};
/** What the message tells the page; the page turns these into events. Each may be called from a user's action. */
interface MessageEvents {
    /** Visible for the first time; without so many of its blocks, which this version cannot show. */
    shown(omitted?: number): void;
    clicked(button: string, action: string): void;
    /** Saved after each question. `wording` is the label in the language shown, its placeholders as they are. */
    answered(answer: Answer): void;
    /** A question was left without an answer: nothing is written, but a survey that goes on does not begin with it. */
    passedOver(question: string): void;
    completed(): void;
    /** It is off the page. Of a feedback tab: its panel is closed, the tab stays and can be opened again, unless it was `removed`. */
    closed(reason: 'close' | 'escape' | 'backdrop' | 'action' | 'end' | 'removed' | 'program'): void;
    /** A `track` button. */
    track(event: string): void;
    /** A `call` button. */
    called(name: string): void;
    /** An `open` button; the message is off the page. */
    open(campaign: string): void;
    /** The feedback tab was opened (its panel is the survey). */
    opened(): void;
    /** An error of our own, that the page does not hear of. */
    failed(): void;
}

/**
 * The entry `kikubari/preview`: shows a message as visitors see it, drawn by the same renderer, for a visitor and a clock that are given.
 * Nothing is decided, stored, counted or sent.
 */

/** What a message would tell the page: `shown`, `clicked`, `answered`, `completed`, `closed`, `track`, `called`, `open`, `opened`. */
type PreviewNotice = Exclude<keyof MessageEvents, 'failed' | 'passedOver'>;
interface PreviewOptions {
    content: Content;
    /** The site's own. */
    theme?: Theme;
    /** Of the campaign: what plain strings are in, and the last fallback; default `en`. */
    language?: string;
    /** What the visitor prefers, best first; default the campaign's. */
    languages?: readonly string[];
    /** What placeholders are filled in with; of what is left out nothing is known. */
    visitor?: {
        attributes?: Properties;
        event?: Properties;
        values?: {
            [name: string]: Json;
        };
        page?: Facts['page'];
        device?: Facts['device'];
        visit?: Facts['visit'];
    };
    /** When it is, epoch ms, for as long as the preview lasts; default: time goes on. */
    now?: number;
    /** What stands in the place of a code from a pool; default `SAMPLE-CODE`. Null: as if none were left. */
    code?: string | null;
    /** Whether the site may ask for personal data. */
    allowsContacts?: boolean;
    /** Answers given before, by question, null for none: a survey goes on behind them. */
    answers?: Properties;
    /** Hears what the message does. */
    on?: (notice: PreviewNotice, ...detail: unknown[]) => void;
}
interface Preview {
    /** Takes it off the page. */
    unmount(): void;
}
/** Resolves null where this content cannot be shown: nothing in it is known, its slot or anchor is not there, its deadline is over. */
declare function preview(options: PreviewOptions): Promise<Preview | null>;

export { preview, THEMES as themes };
export type { Content, Preview, PreviewNotice, PreviewOptions, Text, Theme, ThemeName };
