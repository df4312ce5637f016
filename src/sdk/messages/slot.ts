import type { Content } from '../../core/content.js';
import { slotSelector } from '../../core/launcher.js';
import { element } from './element.js';

/** With less than this, px, a slot has no room for a message. */
const leastRoom = 40;

/**
 * How high a message may be in a slot, px, so that nothing of the page moves; any height where it is below the view. Throws where that is
 * too little.
 */
export function roomIn(slot: Element): number | undefined {
  const { top, height } = slot.getBoundingClientRect();
  if (top > innerHeight) return undefined;
  // What padding, borders and the page's own children take, in whichever layout, shows in how far something as high as the slot sticks out.
  const probe = element('div', {});
  probe.style.cssText = `all:initial;display:block;min-height:${height}px`;
  slot.append(probe);
  const grown = slot.getBoundingClientRect();
  const room = height + Math.min(height - grown.height, grown.bottom - probe.getBoundingClientRect().bottom);
  probe.remove();
  if (room < leastRoom) throw new Error('no room');
  return room;
}

/** Where in the page an inline message stands now, for a page may draw its slots anew; null for others. Throws where it has no place. */
export function slotOf({ format, slot: name }: Content): Element | null {
  if (format != 'inline') return null;
  const slot = document.querySelector(slotSelector(name!))!;
  // It throws where there is no slot, too.
  roomIn(slot);
  return slot;
}
