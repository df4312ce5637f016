import type { Format } from '../../core/content.js';
import { createPanel } from './panel.js';
import type { CreateFormat } from './view.js';

/**
 * Every format this version can show: one file each, and one line here. The modal and the tab are chunks of their own, so
 * that a banner does not pay for them; one that cannot be had is a message that cannot be shown.
 */
export const formats: { [Name in Format]: CreateFormat } = {
  modal: async (view, loadCards) => {
    const [{ createModal }, card] = await Promise.all([import('./modal.js'), loadCards(view)]);
    return createModal(view, card);
  },
  banner: async (view, loadCards) => createPanel(view, await loadCards(view), 'banner', 'region'),
  'slide-in': async (view, loadCards) => createPanel(view, await loadCards(view)),
  tab: async (view, loadCards) => (await import('./tab.js')).createTab(view, loadCards),
};
