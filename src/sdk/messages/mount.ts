import { localise } from '../../core/localise.js';
import { loadCards } from './cardsLoader.js';
import type { Mount } from './contract.js';
import { createEnding } from './ending.js';
import { hearFaults } from './fault.js';
import { formats } from './formats.js';
import { createHost } from './host.js';
import { directionOf, languageOf } from './language.js';
import { createPresence } from './presence.js';
import type { Presence } from './presence.js';
import { shownContent } from './shownContent.js';
import { css } from './styles.js';
import type { View } from './view.js';
import { wordsFor } from './words.js';

/** Puts a message on the page. Never throws; null if this browser or this version cannot show the content. */
export const mount: Mount = async (request, events, loadSurvey) => {
  let presence: Presence | undefined;
  try {
    hearFaults(events.failed);
    const content = shownContent(request.content);
    if (!content) return null;
    const language = languageOf(content, request.languages, request.language);
    const host = createHost(css, language, directionOf(language));
    const ending = createEnding(events);
    presence = createPresence(host, events, ending);
    const view: View = {
      ...ending,
      ...presence,
      content,
      events,
      request,
      adopt: host.adopt,
      words: wordsFor(language),
      answers: { ...request.answers },
      say: (text) => localise(text ?? '', [language, ...request.languages], request.language),
    };
    const main = await formats[content.format](view, (forView) => loadCards(forView, loadSurvey));
    presence.enter(main, [request.theme, content.theme]);
    return { unmount: presence.unmount };
  } catch {
    presence?.unmount();
    return null;
  }
};
