import { statSync } from 'node:fs';

/** The files to watch from now on, or `undefined` where they are not known, because something is missing. */
export type Reload = () => Promise<readonly string[] | undefined>;

const LOOK_EVERY = 250;
/** What is missing may come from anywhere. */
const TRY_AGAIN_AFTER = 2000;

/**
 * Reloads each time that a file changes, one reload after the other. It looks instead of listening: editors replace files,
 * and systems tell of that in many ways.
 *
 * @param reload Never rejects.
 * @returns Ends the watching.
 */
export function watchFiles(files: readonly string[], reload: Reload): () => void {
  let looks = looksOf(files);
  let failedAt: number | undefined;
  let timer = setTimeout(look, LOOK_EVERY);
  let stopped = false;

  async function look(): Promise<void> {
    const now = looksOf(looks.keys());
    const changed = [...now].some(([file, seen]) => looks.get(file) !== seen);
    const again = failedAt !== undefined && Date.now() - failedAt >= TRY_AGAIN_AFTER;
    looks = now;
    if (changed || again) {
      const next = await reload();
      failedAt = next === undefined ? Date.now() : undefined;
      // What was looked at before the reload stays as it was then: it may have changed since.
      if (next !== undefined) looks = new Map([...looksOf(next), ...[...now].filter(([file]) => next.includes(file))]);
    }
    if (!stopped) timer = setTimeout(look, LOOK_EVERY);
  }

  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function looksOf(files: Iterable<string>): ReadonlyMap<string, string> {
  return new Map([...files].map((file) => [file, lookOf(file)]));
}

function lookOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return `${mtimeMs} ${size} ${ino}`;
}
