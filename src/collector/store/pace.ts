/** Runs a task over and over, one run at a time, not sooner than asked after the run before. */
export interface Pace {
  /** Run once `delayMs` have passed since the last run ended, or sooner if that was asked before. */
  request(delayMs: number): void;
  /** No further run; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/** `onEnded` is called after each run, when the next may be asked for. The task must not reject. */
export function createPace(task: () => Promise<void>, onEnded: () => void): Pace {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Infinity;
  let running: Promise<void> | undefined;
  let lastEndedAt = 0;
  let isStopped = false;

  function run(): void {
    timer = undefined;
    dueAt = Infinity;
    running = task().finally(() => {
      running = undefined;
      lastEndedAt = Date.now();
      onEnded();
    });
  }

  return {
    request(delayMs) {
      // Asked for again in `onEnded`, then for all that has come meanwhile.
      if (running || isStopped) return;
      const wanted = Math.max(Date.now(), lastEndedAt + delayMs);
      if (timer && dueAt <= wanted) return;
      clearTimeout(timer);
      dueAt = wanted;
      timer = setTimeout(run, wanted - Date.now());
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
