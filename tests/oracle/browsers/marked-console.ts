/**
 * Attributes the lines of a console to cases. Pages print a mark before each case and one after the last, because not
 * every browser names a URL in each line.
 */
export interface MarkedConsole {
  add(line: string): void;
  /** The lines between the mark of a case and the next mark. */
  of(id: string): readonly string[];
  /** Resolves when a mark has arrived. */
  reached(mark: string): Promise<void>;
  forget(id: string): void;
}

export const MARK = 'oracle:';

export function createMarkedConsole(): MarkedConsole {
  const lines = new Map<string, string[]>();
  let current: string[] = [];
  return {
    add(line) {
      if (!line.startsWith(MARK)) return void current.push(line);
      current = [];
      lines.set(line.slice(MARK.length), current);
    },
    of: (id) => lines.get(id) ?? [],
    async reached(mark) {
      for (let tries = 0; tries < 1000; tries++) {
        if (lines.has(mark)) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`the console does not show the mark ${mark}`);
    },
    forget: (id) => void lines.delete(id),
  };
}
