import { parsePath } from '../world.js';

/**
 * Attributes the lines of a console to cases: by the URL that they name, or else by the marks that pages print before
 * each case.
 */
export interface MarkedConsole {
  add(line: string): void;
  of(id: string): readonly string[];
  /** Resolves when a mark has arrived, and what was printed before it. */
  reached(mark: string): Promise<void>;
  forget(id: string): void;
}

const MARK = 'oracle:';

/** A browser may print what concerns the network a little later than what the page prints. */
export function createMarkedConsole({ settle }: { readonly settle: number }): MarkedConsole {
  const lines = new Map<string, string[]>();
  let current = '';
  return {
    add(line) {
      if (line.startsWith(MARK)) {
        current = line.slice(MARK.length);
        if (!lines.has(current)) lines.set(current, []);
        return;
      }
      const id = idIn(line) ?? current;
      const list = lines.get(id);
      if (list === undefined) lines.set(id, [line]);
      else list.push(line);
    },
    of: (id) => lines.get(id) ?? [],
    async reached(mark) {
      for (let tries = 0; !lines.has(mark); tries++) {
        if (tries === 1000) throw new Error(`the console does not show the mark ${mark}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      lines.delete(mark);
      await new Promise((resolve) => setTimeout(resolve, settle));
    },
    forget: (id) => void lines.delete(id),
  };
}

/** The case that a URL in the line belongs to. */
function idIn(line: string): string | undefined {
  const path = /https?:\/\/[^/\s]+(\/\S*)/.exec(line)?.[1];
  return path === undefined ? undefined : parsePath(path)?.id;
}
