/** Gives out turns with the one API, which every trial changes. */
export interface Turns<Trial> {
  /** Waits for the turns before, then for the call. The turn lasts until `end`. */
  take(call: () => Promise<Trial>): Promise<Trial>;
  end(id: string): void;
}

/** @param longest Milliseconds after which a turn ends by itself: the page may have been closed. */
export function makeTurns<Trial extends { readonly id: string }>(longest: number): Turns<Trial> {
  const ends = new Map<string, () => void>();
  let last: Promise<void> = Promise.resolve();

  function ended({ id }: Trial): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(end, longest).unref();
      function end(): void {
        clearTimeout(timer);
        ends.delete(id);
        resolve();
      }
      ends.set(id, end);
    });
  }

  return {
    take(call) {
      const trial = last.then(call);
      last = trial.then(ended, () => undefined);
      return trial;
    },
    end: (id) => ends.get(id)?.(),
  };
}
