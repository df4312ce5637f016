import type { Format } from '../../core/content.js';
import { guarded } from './fault.js';
import { createPanel } from './panel.js';
import { createSurface } from './surface.js';
import type { CreateFormat } from './view.js';

const panel =
  (look: string, role?: string): CreateFormat =>
  async (view, loadCards) =>
    createPanel(view, await loadCards(view), look, role);

const dialog =
  (look: string): CreateFormat =>
  async (view, loadCards) => {
    const chunk = import('./modal.js');
    const [{ createModal }, card] = await Promise.all([chunk, loadCards(view, chunk)]);
    return createModal(view, card, look);
  };

/**
 * Every format this version can show: one file each, and one line here. The modal, the tooltip and the tab are chunks of their own, so
 * that a banner does not pay for them; one that cannot be had is a message that cannot be shown.
 */
export const formats: { [Name in Format]: CreateFormat } = {
  modal: dialog('modal'),
  'full-screen': dialog('full'),
  banner: panel('banner', 'region'),
  'slide-in': panel('slide-in'),
  toast: async (view, loadCards) => {
    const toast = await panel('toast', 'region')(view, loadCards);
    const { seconds } = view.content;
    // Nobody loses what they are reading, or what a tab in the background has; in another language it stays as long anew.
    const leave: () => void = guarded(() => {
      if (toast.matches(':hover,:focus-within')) setTimeout(leave, 1000);
      else if (toast.isConnected) view.leave('end');
    });
    if (seconds) void view.seen.then(() => setTimeout(leave, seconds * 1000));
    return toast;
  },
  inline: async (view, loadCards) =>
    createSurface('div', 'inline', view, await loadCards(view), { role: 'region' }),
  tooltip: async (view, loadCards) => {
    const chunk = import('./tooltip.js');
    const placed = chunk.then(({ anchorOf }) => anchorOf(view));
    const [{ createTooltip }, card] = await Promise.all([chunk, loadCards(view, placed), placed]);
    return createTooltip(view, card);
  },
  tab: async (view, loadCards) => (await import('./tab.js')).createTab(view, loadCards),
};
