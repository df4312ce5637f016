import { render } from 'preact';
import type { ComponentChildren } from 'preact';
import type { Theme } from '../../core/content.js';
import { localise } from '../../core/localise.js';
import { loadCards } from './cardsLoader.js';
import type { Mount, MountedMessage } from './contract.js';
import { rememberFocus } from './focus.js';
import { createHost, keepInPage } from './host.js';
import type { Host } from './host.js';
import { directionOf, languageOf } from './language.js';
import { leaveThen } from './motion.js';
import { renderModal, renderPanel } from './panel.js';
import { shownContent } from './shownContent.js';
import { css } from './styles.js';
import { createTab } from './tab.js';
import { applyTheme } from './theme.js';
import { raiseSurfaces, whenVisible } from './topLayer.js';
import type { View } from './view.js';
import { wordsIn } from './words.js';

/** How long an announcement stays, in ms: long enough to be read, then gone from the reading order. */
const announcementMs = 5000;

/** Puts a message on the page. Never throws; null if this browser or this version cannot show the content. */
export const mount: Mount = async (request, events, loadSurvey) => {
  try {
    const content = shownContent(request.content);
    if (!content) return null;
    const language = languageOf(content, request.languages, request.language);
    const host = createHost(css, language, directionOf(language));
    const nothing = () => {};
    const view: View = {
      content,
      events,
      language,
      words: wordsIn(language),
      answers: { ...request.answers },
      announced: '',
      say: (text) => localise(text ?? '', [language, ...request.languages], request.language),
      announce: nothing,
      draw: nothing,
      isComplete: false,
      leave: nothing,
      complete: nothing,
    };
    const load = (forView: View) => loadCards(forView, host, loadSurvey);
    const show = await createFormat(view, host, load);
    return present(view, host, show, [request.theme, content.theme]);
  } catch {
    return null;
  }
};

async function createFormat(view: View, host: Host, load: (view: View) => ReturnType<typeof loadCards>) {
  const { format } = view.content;
  if (format == 'tab') return createTab(view, host, load);
  const cards = await load(view);
  return () => (format == 'modal' ? renderModal(view, cards) : renderPanel(view, cards));
}

/** Fills in what the view does, and puts the host into the page. */
function present(
  view: View,
  host: Host,
  show: () => ComponentChildren,
  themes: (Theme | undefined)[],
): MountedMessage {
  const { content, events } = view;
  const { root, shadow, element } = host;
  let isHere = true;
  let giveFocusBack = content.format == 'modal' ? rememberFocus() : undefined;
  const raise = () => raiseSurfaces(root);
  const unmount = () => {
    isHere = false;
    stops.forEach((stop) => stop());
    render(null, root);
    element.remove();
  };
  view.draw = () => {
    render(show(), root);
    raise();
  };
  view.announce = (text) => {
    view.announced = text;
    if (isHere) view.draw();
    if (text) setTimeout(() => view.announced == text && view.announce(''), announcementMs);
  };
  view.complete = () => {
    if (!view.isComplete) events.completed();
    view.isComplete = true;
  };
  view.leave = (reason) => {
    if (!isHere) return;
    isHere = false;
    leaveThen(root, () => {
      const hadFocus = shadow.activeElement;
      unmount();
      if (hadFocus) giveFocusBack?.();
    });
    events.closed(view.isComplete ? 'end' : reason);
  };
  shadow.addEventListener('focusin', ({ relatedTarget: from }: FocusEventInit) => {
    if (from && !shadow.contains(from as Node)) giveFocusBack = rememberFocus(from as Element);
  });
  const stops = [
    applyTheme(root, themes),
    keepInPage(element, raise, () => {
      unmount();
      events.closed('removed');
    }),
  ];
  try {
    view.draw();
    stops.push(whenVisible(root.firstElementChild!, () => events.shown()));
  } catch (error) {
    unmount();
    throw error;
  }
  // A live region is read only if it was there before its text.
  if (/banner|slide-in/.test(content.format))
    setTimeout(() => view.announce(root.firstElementChild?.ariaLabel ?? ''), 200);
  return { unmount };
}
