import { createSurface } from './surface.js';
import type { View } from './view.js';

/** A banner, a slide-in or the tab's panel: in the top layer, but the page stays usable. */
export const createPanel = (view: View, card: HTMLElement, look = 'slide-in', role = 'dialog') =>
  createSurface('div', look, view, card, {
    popover: 'manual',
    role,
    'data-position': view.content.position,
    keydown: ({ key, isComposing }) => key == 'Escape' && !isComposing && view.leave('escape'),
  });
