import type { Content } from '../../core/content.js';
import { slotSelector } from '../../core/launcher.js';

/** A slot lower than this, px, has no room for a message. */
const leastRoom = 40;

/** How high a slot is in view: there a message keeps to the room that is reserved, so that nothing of the page moves. Throws where that is too little. */
export function roomIn(slot: Element): number | undefined {
  const { top, bottom, height } = slot.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) return undefined;
  if (height < leastRoom) throw new Error('no room');
  return height;
}

/** Where in the page an inline message stands now, for a page may draw its slots anew; null for others. Throws where it has no place. */
export function slotOf({ format, slot: name }: Content): Element | null {
  if (format != 'inline') return null;
  const slot = document.querySelector(slotSelector(name!));
  if (!slot) throw new Error('no slot');
  roomIn(slot);
  return slot;
}
