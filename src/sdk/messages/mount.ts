import { loadCards } from './cardsLoader.js';
import type { MessageRequest, Mount, MountedMessage } from './contract.js';
import { createEnding } from './ending.js';
import { guarded, hearFaults } from './fault.js';
import { formats } from './formats.js';
import { createHost } from './host.js';
import type { Host } from './host.js';
import { directionOf, languageOf, whenPageSpeaks } from './language.js';
import { createPresence } from './presence.js';
import type { Presence } from './presence.js';
import { omittedFrom, shownContent } from './shownContent.js';
import { slotOf } from './slot.js';
import { speechOf } from './speech.js';
import { css } from './styles.js';
import type { State, View } from './view.js';

/** What is kept by id: with nothing in it that every object has, or that the page gives to all. */
const bare = () => Object.create(null) as Record<string, never>;

const stateOf = ({ answers }: MessageRequest): State => ({
  answers: Object.assign(bare(), answers),
  drafts: bare(),
  trail: [],
  orders: bare(),
});

/** Puts a message on the page. Never throws; null if this browser or this version cannot show the content. */
export const mount: Mount = async (request, events, loadSurvey) => {
  let presence: Presence | undefined;
  try {
    hearFaults(events.failed);
    const { lang } = document.documentElement;
    let content = shownContent(request);
    if (!content) return null;
    const host = createHost(css, !!slotOf(content));
    const ending = createEnding(events);
    const omitted = omittedFrom(request.content, content);
    const telling = omitted ? { ...events, shown: () => events.shown(omitted) } : events;
    presence = createPresence(host, telling, ending);
    const own = presence;
    const state = stateOf(request);
    let [spoken, turn] = ['', 0];

    const draw = async (languages: readonly string[]) => {
      const mine = ++turn;
      const language = languageOf(content!, languages, request.language);
      if (language == spoken) return undefined;
      const view: View = {
        ...ending,
        ...own,
        ...(await speechOf(request, content!, language, languages)),
        content: content!,
        events,
        request,
        adopt: host.adopt,
        state,
      };
      const main = await formats[view.content.format](view, (forView, waitsFor) =>
        loadCards(forView, loadSurvey, waitsFor),
      );
      // Meanwhile the page went on. What could not be had does not come so far: it is tried again when it is asked for again.
      if (mine != turn) return undefined;
      spoken = language;
      // With its coupon, of which there is one for each.
      content = view.content;
      host.speak(language, directionOf(language));
      return main;
    };
    const main = (await draw(request.languages))!;
    // The browser finds its places in a task of its own: the page must not wait for a long one.
    await new Promise((resolve) => setTimeout(resolve));
    whenFree(own, request.isBlocked, () => {
      own.enter(main, [request.theme, content!.theme], slotOf(content!));
      takeAlong(own, lang, (language) => draw([language, ...request.languages]));
    });
    return mountedAs(host, own);
  } catch {
    presence?.unmount();
    return null;
  }
};

const mountedAs = ({ element, root }: Host, { unmount }: Presence): MountedMessage => ({
  unmount,
  isHere: () => element.isConnected,
  open: () => root.querySelector<HTMLElement>('.launcher button')?.click(),
});

/** So often it is looked whether what the page has open is closed, ms. */
const lookMs = 500;

/** What the page has opened while the message was drawn is seen to first. */
function whenFree({ stops, leave }: Presence, isBlocked: MessageRequest['isBlocked'], come: () => void) {
  if (!isBlocked?.()) return come();
  const look = () => {
    if (isBlocked()) return;
    clearInterval(timer);
    try {
      come();
    } catch {
      leave('removed');
    }
  };
  const timer = setInterval(guarded(look), lookMs);
  stops.push(() => clearInterval(timer));
}

/** A page that changes its language in place takes its messages along. */
function takeAlong(
  { stops, replace }: Presence,
  was: string,
  draw: (language: string) => Promise<HTMLElement | undefined>,
) {
  const change = async (language: string) => {
    // A chunk that cannot be had is no fault of ours: the message stays in the language it is in.
    const main = await draw(language).catch(() => {});
    if (main) replace(main);
  };
  stops.push(whenPageSpeaks(guarded(change), was));
}
