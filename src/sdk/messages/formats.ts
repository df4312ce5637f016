import type { Format } from '../../core/content.js';
import { createModal } from './modal.js';
import { createPanel } from './panel.js';
import { createTab } from './tab.js';
import type { CreateFormat } from './view.js';

/** Every format this version can show: one file each, and one line here. */
export const formats: { [Name in Format]: CreateFormat } = {
  modal: async (view, loadCards) => createModal(view, await loadCards(view)),
  banner: async (view, loadCards) => createPanel(view, await loadCards(view), 'banner', 'region'),
  'slide-in': async (view, loadCards) => createPanel(view, await loadCards(view)),
  tab: createTab,
};
