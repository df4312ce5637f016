import { render } from 'preact';
import type { Properties } from '../../core/events.js';
import { localise } from '../../core/localise.js';
import { createCardsLoader } from './cardsLoader.js';
import type { MessageEvents, MessageRequest, Mount, MountedMessage, SurveyChunk } from './contract.js';
import { rememberFocus } from './focus.js';
import { createHost, keepInPage } from './host.js';
import type { Host } from './host.js';
import { directionOf, languageOf } from './language.js';
import { leaveThen } from './motion.js';
import { Modal, Panel } from './panel.js';
import { shownContent } from './shownContent.js';
import { css } from './styles.js';
import { Tab } from './tab.js';
import { applyTheme } from './theme.js';
import { raise, whenVisible } from './topLayer.js';
import type { View } from './view.js';
import { wordsIn } from './words.js';

/** Puts a message on the page. Never throws; null if this browser or this version cannot show the content. */
export const mount: Mount = async (request, events, loadSurvey) => {
  try {
    return await createMessage(request, events, loadSurvey);
  } catch {
    return null;
  }
};

async function createMessage(
  request: MessageRequest,
  events: MessageEvents,
  loadSurvey: () => Promise<SurveyChunk>,
): Promise<MountedMessage | null> {
  const content = shownContent(request.content);
  if (!content) return null;
  const language = languageOf(content, request.languages, request.language);
  const host = createHost(css, language, directionOf(language));
  if (!host) return null;
  const loadCards = createCardsLoader(content, host.shadow, loadSurvey);
  const Cards = content.format == 'tab' ? undefined : await loadCards();
  const view: View = {
    content,
    events,
    Cards,
    loadCards,
    language,
    words: wordsIn(language),
    answers: { ...request.answers } satisfies Properties,
    surfaces: new Set(),
    say: (text) => localise(text ?? '', [language, ...request.languages], request.language),
    leave: () => {},
    complete: () => {},
  };
  return present(view, host, [request.theme, content.theme]);
}

function present(view: View, host: Host, themes: Parameters<typeof applyTheme>[1]): MountedMessage {
  const { content, events, surfaces } = view;
  const stops: (() => void)[] = [applyTheme(host.root, themes)];
  let isHere = true;
  let isComplete = false;
  let giveFocusBack = content.format == 'modal' ? rememberFocus() : undefined;
  const unmount = () => {
    isHere = false;
    stops.forEach((stop) => stop());
    render(null, host.root);
    host.element.remove();
  };
  view.complete = () => {
    if (!isComplete) events.completed();
    // The tab may be answered again; everything else is over.
    isComplete = content.format != 'tab';
  };
  view.leave = (reason) => {
    if (!isHere) return;
    isHere = false;
    const hadFocus = !!host.shadow.activeElement;
    leaveThen(host.root, () => {
      unmount();
      if (hadFocus) giveFocusBack?.();
    });
    events.closed(isComplete ? 'end' : reason);
  };
  host.shadow.addEventListener('focusin', (event) => {
    const from = (event as FocusEvent).relatedTarget as Element | null;
    if (from && !host.shadow.contains(from)) giveFocusBack = rememberFocus(from);
  });
  const onReturn = () => surfaces.forEach(raise);
  const onGivenUp = () => {
    unmount();
    events.closed('removed');
  };
  stops.push(keepInPage(host.element, onReturn, onGivenUp));
  try {
    render(formatted(view), host.root);
    stops.push(whenVisible([...surfaces][0]!, () => events.shown()));
  } catch (error) {
    unmount();
    throw error;
  }
  return { unmount };
}

function formatted(view: View) {
  const { format } = view.content;
  if (format == 'modal') return <Modal view={view} />;
  return format == 'tab' ? <Tab view={view} /> : <Panel view={view} />;
}
