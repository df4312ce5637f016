/** Counts the bytes that requests hold, so that a flood is answered with 503 and not with the end of the process. */
export interface MemoryBudget {
  /** A request's share, 0 at first. */
  hold(): Hold;
  usedBytes(): number;
  /** The most ever used at once. */
  peakBytes(): number;
}

export interface Hold {
  /** The request now holds this many bytes. False, and nothing changes, if there is no room. */
  resize(bytes: number): boolean;
  release(): void;
}

export function createMemoryBudget(limitBytes: number): MemoryBudget {
  let used = 0;
  let peak = 0;

  function hold(): Hold {
    let held = 0;
    return {
      resize(bytes) {
        if (bytes > held && used + bytes - held > limitBytes) return false;
        used += bytes - held;
        held = bytes;
        peak = Math.max(peak, used);
        return true;
      },
      release() {
        used -= held;
        held = 0;
      },
    };
  }

  return { hold, usedBytes: () => used, peakBytes: () => peak };
}
