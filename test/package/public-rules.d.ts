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

/** A duration as authors write it: a number with `s`, `m`, `h`, `d` or `w`, such as `"30m"` or `"7d"`. */
type Duration = string;
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
/** Property path (dots, `items[]` for "any element") to test; all must hold. */
type Where = {
    [path: string]: Test;
};
/** Facts of the page now. `query.NAME` reads a query parameter, `utm.source` the same of the landing page. */
type PageFact = 'url' | 'path' | 'title' | 'referrer' | `query.${string}` | `utm.${string}`;
/** Facts of the device, as the session-start event carries them. */
type DeviceFact = 'type' | 'viewportWidth' | 'viewportHeight' | 'language' | 'timeZone' | 'touch' | 'os' | 'browser';
/** Facts of the visit. `number` is 1 in the first session, `pages` counts page views of the session, `seconds` its age. */
type VisitFact = 'new' | 'number' | 'pages' | 'seconds' | 'landing' | 'source';
/** What a clock on the wall shows: `weekday` 1 (Monday) to 7, `hour` 0 to 23, `date` `2026-05-01`, `time` `09:30`. */
type TimeFact = 'weekday' | 'hour' | 'date' | 'time';
/**
 * Live facts of the page: dwell seconds, greatest scroll depth in percent, seconds without a sign of life, exit intent, bursts of rage
 * clicks, seconds without one in a form; of the log: returns to a page just left in this session, the value of the cart.
 */
type SignalFact = 'dwell' | 'scroll' | 'idle' | 'exit' | 'rage' | 'hesitation' | 'backForth' | 'cart';
/** From one moment on, up to but without another; ISO 8601 with zone. One of them at least. */
interface Between {
    from?: string;
    until?: string;
}
/** Where a behaviour looks: a sliding window back from now, between dates, the running session, or the whole retained past. */
type Within = Duration | 'session' | 'ever' | Between | PublicFact;
/** An aggregate over past events: how often (or how much) an event happened where its properties match. */
interface Measured {
    event: string;
    where?: Where;
    /** Default `ever`. */
    within?: Within;
    /** Default `count`. The others need `of`. */
    measure?: 'count' | 'sum' | 'min' | 'max' | 'distinct' | 'most' | 'first' | 'last';
    /** Property path the measure reads; `items[].price` reads every element. */
    of?: string;
}
/** An aggregate, and what it has to be. */
interface Behaviour extends Measured {
    /** Test of the measured value. Default `{gte: 1}`; `{eq: 0}` is absence. */
    is?: Test;
}
/** One step of a sequence: the event, and the longest time after the step before. */
interface Step {
    event: string;
    where?: Where;
    /** At most this long after the previous step. */
    within?: Duration | PublicFact;
    /** How many times the step must happen; default 1. */
    count?: number;
}
/** Steps in order of sequence number, others may intervene; then, if given, something that must not have followed. */
interface Sequence {
    sequence: Step[];
    /** The first step must lie within this window back from now. Default `ever`. */
    within?: Within;
    /** Not seen after the last step: drop-off. */
    thenNot?: {
        event: string;
        where?: Where;
    };
}
/** True or false of one visitor at one moment. */
type Condition = {
    all: Condition[];
} | {
    any: Condition[];
} | {
    not: Condition;
} | {
    segment: string;
} | {
    attribute: string;
    is: Test;
} | {
    page: PageFact;
    is: Test;
} | {
    device: DeviceFact;
    is: Test;
} | {
    visit: VisitFact;
    is: Test;
} | {
    signal: SignalFact;
    is: Test;
}
/** `zone`: a name of the IANA database; default the visitor's. */
 | {
    time: TimeFact;
    zone?: string;
    is: Test;
}
/** What only the server knows of the user: an imported attribute. */
 | {
    fact: string;
    is: Test;
}
/** Whether the user is in a list of the server's; `is` defaults to `{eq: true}`. */
 | {
    list: string;
    is?: Test;
} | Behaviour | Sequence;

/** `now`: the moment it is asked about, ms; of an event in the past its own. */
type Check = (found: Json, now: number) => boolean;
/**
 * A comparison: the types its operand may be of (`n`umber, `s`tring, `b`oolean, `o`bject, `[` for a list), any if empty, and the check
 * it makes, which may throw `UnknownOperator`.
 */
type Operator = [operands: string, compile: (wanted: never) => Check];
/** By the names the language has for them. */
interface Operators {
    [name: string]: Operator;
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

declare const MORE_OPERATORS: Operators;

/**
 * The entry `kikubari/rules`: conditions of the segment language asked where no page and no log is, such as on a server, of what one
 * knows there.
 */

/** What a rule is asked of: as in the page, and missing where it is left out. */
interface RuleFacts extends Partial<Pick<Facts, 'attributes' | 'device'>> {
    page?: Partial<Facts['page']>;
    visit?: Partial<Facts['visit']>;
}
/** Whether the condition holds; `now`: wall clock in ms, default that of the machine. Throws nothing. */
type Rule = (facts: RuleFacts, now?: number) => boolean;
/** What conditions may refer to. */
interface RuleOptions {
    /** Conditions by name, for `{segment: NAME}`. */
    segments?: {
        [name: string]: Condition;
    };
    /** Operators beside those every rule has: `moreOperators`. Once given they are known to all rules. */
    operators?: Operators;
}
/**
 * Makes a condition ready to be asked. Throws a `TypeError` that names what it cannot judge: what is not of the language, what
 * `operators` lack, and conditions on events, which only a log can answer (`behaviour`, `sequence`).
 */
declare function compileCondition(condition: Condition, { segments, operators }?: RuleOptions): Rule;

export { compileCondition, MORE_OPERATORS as moreOperators };
export type { Condition, Operators, Rule, RuleFacts, RuleOptions, Test };
