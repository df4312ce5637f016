import type { Begun } from './begunSurvey.js';
import type { MountedMessage } from './messages/contract.js';

/** A message on the page, or on its way. */
export interface Slot {
  begun?: Begun;
  mounted?: MountedMessage | null;
  /** The visitor has opened its panel. */
  isOpen?: boolean;
}

/** Where messages are: one at most over the page, and what stands in it. */
export interface Slots {
  overlay?: Slot;
  /** By campaign. Null while it is decided. */
  standing: Map<string, Slot | null>;
  free(slot: Slot): void;
  /** Without a word. */
  takeOff(isUnwanted: (slot: Slot) => boolean): void;
  /** What went with the element it stood in hears nothing of its end. */
  tidy(): void;
}

export function createSlots(): Slots {
  const standing: Slots['standing'] = new Map();
  const slots: Slots = {
    standing,
    free(slot) {
      if (slots.overlay === slot) slots.overlay = undefined;
      if (slot.begun) standing.delete(slot.begun.campaign);
    },
    takeOff(isUnwanted) {
      for (const slot of [slots.overlay, ...standing.values()]) {
        if (!slot?.mounted || !isUnwanted(slot)) continue;
        slot.mounted.unmount();
        slots.free(slot);
      }
    },
    tidy() {
      slots.takeOff((slot) => slot !== slots.overlay && !slot.mounted!.isHere());
    },
  };
  return slots;
}
