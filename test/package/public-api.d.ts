/**
 * The wire: what a browser writes into its log and what `POST /v1/batch` carries. What is not sent now can never be asked
 * later, so a field may be added here but never removed, and the collector keeps fields it does not know.
 */
/** A JSON value as it may stand in event properties and visitor attributes. */
type Json = null | boolean | number | string | Json[] | {
    [key: string]: Json;
};
/** What an event is for. A purpose the visitor denied is neither stored nor sent (P2). */
type Purpose = 'measure' | 'personalise' | 'survey' | 'identify';
/** Why an event was not kept or not sent. */
type DropReason = 'queue_full' | 'expired' | 'too_large' | 'invalid' | 'no_consent' | 'storage_failed' | 'rejected' | 'unreadable' | 'stub_full';

/** What `decide` reads and answers. No clock, no randomness, no DOM: everything it may know is an argument. */

/** In the order they are checked. */
declare const GATES: readonly ["status", "schedule", "consent", "trigger", "audience", "frequency", "group", "priority", "assignment"];
type Gate = (typeof GATES)[number];
/** What was compared and what was found, for `explain`. */
interface Finding {
    gate: Gate;
    passed: boolean;
    /** JSON path into the campaign, such as `audience.all[1]`. */
    path: string;
    /** What the rule asks, verbatim from the document; beside the name of a public fact stands its `value`. */
    expected: Json;
    /** What was there. In place of personal facts that are not known, why they are not. */
    found: Json;
}

/** What `init` and `createClient` take. */
interface ClientOptions {
    /** The site's write key. */
    site: string;
    /** Origin (and path prefix) of the collector, such as `https://events.example.com`. */
    endpoint: string;
    /** `'required'`: nothing is stored or sent before `consent({...})` grants something. */
    consent?: 'required';
    /**
     * A parent domain of all hosts that shall know one visitor, such as `example.com`: a cookie there then holds the visitor's
     * random id. Without it no cookie is set, and each host has visitors of its own.
     */
    cookieDomain?: string;
}
/**
 * What became of one call. With `durable: true` the event is on disk and reaches the collector exactly once, unless the
 * browser deletes the site's storage or it stays unsent for 30 days.
 */
type TrackResult = {
    id: string;
    durable: true;
} | {
    id?: string;
    durable: false;
    reason: DropReason | 'no_storage' | 'off';
};
/** Which purposes the visitor grants; the ones left out keep their state. */
type ConsentChoice = Partial<Record<Purpose, boolean>>;
/** Things that happen to messages, for `on` and `off`. */
interface MessageNotice {
    campaign: string;
    variant?: string;
    /** `shown`: how many of its blocks were left out, for this version of the SDK cannot show them or the site does not allow it */
    omitted?: number;
    /** `clicked`: the button. */
    button?: string;
    /** `answered`: the question and its value. */
    question?: string;
    value?: unknown;
    /** `closed`: what closed it. */
    reason?: string;
    /** `suppressed`: the first gate that failed. */
    /** or `overlay` (something else is open), `place` (there is no room for it on this page), `content` (it could not be put up) */
    gate?: Gate | 'overlay' | 'place' | 'content';
    /** `called`: the name of a `call` button. */
    name?: string;
}
type Notice = 'shown' | 'clicked' | 'answered' | 'closed' | 'called' | 'suppressed';
type Listener = (notice: MessageNotice) => void;
/** The answer to "why is it (not) shown?". */
interface Explanation {
    campaign: string;
    /** Whether the campaign would be exposed (any arm but the control group) now. */
    shown: boolean;
    /** The first failing gate, null if none failed. */
    gate: Gate | null;
    findings: Finding[];
    sentences: {
        en: string[];
        ja: string[];
    };
}

/** What an occasion led to: the arm and, if nothing is shown, why. */
type Shown = Pick<MessageNotice, 'variant' | 'gate'>;

/** One visitor of one site. Nothing here throws into the page, and no promise rejects. */
interface Client {
    /** Records an event; resolves when it is on disk, see `TrackResult`. Names: 1-64 characters, not starting with `$`. */
    track(name: string, properties?: object): Promise<TrackResult>;
    /** Records a page view; only for what the automatic views (load, route change, back and forward) do not see. */
    page(properties?: object): Promise<TrackResult>;
    /**
     * Says who the visitor is; another user than before starts a new visitor. `token`: signed by the site's server, it opens what the
     * collector was told of this user to conditions.
     */
    identify(user: string, traits?: object, token?: string): Promise<TrackResult>;
    /** Sets attributes of the visitor, for conditions and reports. */
    set(attributes: object): Promise<TrackResult>;
    /** Starts a new visitor (after a logout, say); unsent events are still delivered. */
    reset(): Promise<void>;
    /** Grants or withdraws purposes. If none is left, everything stored is deleted before it resolves. */
    consent(choice: ConsentChoice): Promise<void>;
    on(notice: Notice, listener: Listener): void;
    off(notice: Notice, listener: Listener): void;
    /** Sends what is waiting; true if everything has been delivered. */
    flush(): Promise<boolean>;
    /** Shows a campaign now, if its audience, caps and consent allow. */
    show(campaign: string): Promise<Shown>;
    /** Why a campaign is (not) shown; null while there is no program. */
    explain(campaign: string): Promise<Explanation | null>;
}

/** A client for one site; several can live on one page. Browser only: call it where there is a `document`. */
declare function createClient(options: ClientOptions): Client;

/** Starts the default client. A second call changes nothing and answers the first client. */
declare function init(options: ClientOptions): Client;
/** `Client.track` of the default client. */
declare const track: (name: string, properties?: object | undefined) => Promise<TrackResult>;
/** `Client.page` of the default client. */
declare const page: (properties?: object | undefined) => Promise<TrackResult>;
/** `Client.identify` of the default client. */
declare const identify: (user: string, traits?: object | undefined, token?: string | undefined) => Promise<TrackResult>;
/** `Client.set` of the default client. */
declare const set: (attributes: object) => Promise<TrackResult>;
/** `Client.reset` of the default client. */
declare const reset: () => Promise<void>;
/** `Client.consent` of the default client. */
declare const consent: (choice: Partial<Record<Purpose, boolean>>) => Promise<void>;
/** `Client.on` of the default client. */
declare const on: (notice: Notice, listener: Listener) => void;
/** `Client.off` of the default client. */
declare const off: (notice: Notice, listener: Listener) => void;
/** `Client.flush` of the default client. */
declare const flush: () => Promise<boolean>;
/** `Client.show` of the default client. */
declare const show: (campaign: string) => Promise<Shown>;
/** `Client.explain` of the default client. */
declare const explain: (campaign: string) => Promise<Explanation | null>;

export { consent, createClient, explain, flush, identify, init, off, on, page, reset, set, show, track };
export type { Client, ClientOptions, ConsentChoice, Explanation, Listener, MessageNotice, Notice, TrackResult };
