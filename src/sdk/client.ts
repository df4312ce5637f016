import { LIMITS } from '../core/events.js';
import type { Shown } from './engage.js';
import type { LoadEngagement } from './engine.js';
import { createEnvironment } from './environment.js';
import type { Environment } from './environment.js';
import { createFaults } from './faults.js';
import { createLifecycle } from './lifecycle.js';
import { keys } from './pristine.js';
import { sanitise } from './sanitise.js';
import type {
  ClientOptions,
  ConsentChoice,
  Explanation,
  Listener,
  Moment,
  Notice,
  TrackResult,
} from './types.js';

/** One visitor of one site. Nothing here throws into the page, and no promise rejects. */
export interface Client {
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

/** What the two builds and the tests give: chunk loader, version, environment. */
export interface ClientParts {
  loadEngagement: LoadEngagement;
  sdk: string;
  env?: Environment;
}

/** A client that can make calls as of an earlier moment, for the queue stub. */
export interface ReplayClient extends Client {
  /** A call by its name; warns if there is none of that name. */
  replay(command: unknown, args: unknown[], moment?: Moment): Promise<unknown>;
  /** Counts calls the stub could not keep. */
  missed(calls: number): void;
}

/** Not every object has a text. */
const badName = (name: unknown) => `bad name ${typeof name == 'string' ? name : typeof name}`;

/** The collector takes no longer one. */
const MAX_USER = 255;
const REFUSED: TrackResult = { durable: false, reason: 'off' };

export function createClientOf(
  options: ClientOptions,
  { loadEngagement, sdk, env: given = createEnvironment() }: ClientParts,
): ReplayClient {
  const listeners: { [notice in Notice]?: Listener[] } = {};
  const warned: { [text: string]: true } = {};
  const warn = (text: string) => {
    if (!warned[text]) given.warn(text);
    warned[text] = true;
  };
  const faults = createFaults(given.now, () => lifecycle.turnOff());
  const { guard } = faults;
  const env = { ...given, later: (run: () => unknown, delayMs: number) => given.later(guard(run), delayMs) };
  const lifecycle = createLifecycle({
    env,
    options: { ...options, endpoint: `${options.endpoint}`.replace(/\/$/, '') },
    sdk,
    loadEngagement,
    faults,
    warn,
    notify: (notice, detail) => {
      // What the host's own listeners throw is no fault of ours, and none that others should see.
      for (const listener of listeners[notice] ?? []) (async () => listener(detail))().catch(() => undefined);
    },
  });
  const { call } = lifecycle;

  const invalid = () => call((engine) => engine.refuse('invalid'), REFUSED);
  const track = guard((name: unknown, input: unknown, time: number = env.now()): Promise<TrackResult> => {
    if (typeof name !== 'string' || !name || name.length > LIMITS.nameLength || name[0] === '$') {
      warn(badName(name));
      return invalid();
    }
    const properties = sanitise(input);
    return call((engine) => engine.record({ name, time, properties }), REFUSED);
  }, REFUSED);
  const page = guard((input: unknown, moment: Partial<Moment> = {}) => {
    const { time = env.now(), ...place } = moment;
    const properties = sanitise(input);
    return call((engine) => engine.page({ ...place, ...properties }, time), REFUSED);
  }, REFUSED);

  const say = guard((input: unknown, user?: string) => {
    const traits = sanitise(input);
    return call((engine) => engine.identify(traits, user), REFUSED);
  }, REFUSED);

  const client: Client = {
    track: (name, properties) => track(name, properties),
    page: (properties) => page(properties),
    identify(user, traits, token) {
      env.claim = token ?? env.claim;
      return user && /^(st|nu)/.test(typeof user) ? say(traits, `${user}`.slice(0, MAX_USER)) : invalid();
    },
    set: (attributes) => say(attributes),
    reset: guard(() => call((engine) => engine.reset(), undefined), undefined),
    // What is withdrawn is deleted, whatever state the SDK is in.
    consent: guard(lifecycle.consent, null),
    on(notice, listener) {
      (listeners[notice] ??= []).push(listener);
    },
    off(notice, listener) {
      listeners[notice] = listeners[notice]?.filter((other) => other !== listener);
    },
    flush: guard(() => call((engine) => engine.flush(), false), false),
    show: guard((campaign) => call((engine) => engine.show(campaign), {}), {}),
    explain: guard((campaign) => call((engine) => engine.explain(campaign), null), null),
  };
  return {
    ...client,
    missed: lifecycle.missed,
    // The answer of what is called, when off as well: a page takes it apart.
    replay: guard(async (command, args, moment) => {
      if (command === 'track') return track(args[0], args[1], moment?.time);
      if (command === 'page') return page(args[0], moment);
      if (keys(client).includes(command as string))
        return (client[command as keyof Client] as (...args: unknown[]) => unknown)(...args);
      return warn(badName(command));
    }, null),
  };
}
