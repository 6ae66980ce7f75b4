import { statSync } from 'node:fs';

/**
 * Makes a new version. Never rejects.
 *
 * @param isLatest Whether nothing has changed since.
 * @returns The files to watch from now on, or `undefined` where they are not known, because something is missing.
 */
type Reload = (isLatest: () => boolean) => Promise<readonly string[] | undefined>;

const LOOK_EVERY = 250;
/** A file that is being written is empty, or half there, for a moment. */
const WRITTEN_WITHIN = 50;
/** What is missing may come from anywhere. */
const TRY_AGAIN_AFTER = 2000;

/**
 * Reloads each time that a file changes, also while a reload has not ended: it may never do so. It looks instead of
 * listening: editors replace files, and systems tell of that in many ways.
 *
 * @returns Ends the watching.
 */
export function watchFiles(files: readonly string[], reload: Reload): () => void {
  let looks = looksOf(files);
  let before = looks;
  let version = 0;
  let failedAt: number | undefined;
  let timer = setTimeout(look, LOOK_EVERY);

  function look(): void {
    // Looked at before the reload, so that what changes during it is seen.
    const now = looksOf(looks.keys());
    const settled = isSame(now, before);
    before = now;
    if (settled && (!isSame(now, looks) || isToTryAgain())) {
      looks = now;
      version += 1;
      failedAt = undefined;
      void run(version);
    }
    timer = setTimeout(look, settled ? LOOK_EVERY : WRITTEN_WITHIN);
  }

  function isToTryAgain(): boolean {
    return failedAt !== undefined && Date.now() - failedAt >= TRY_AGAIN_AFTER;
  }

  async function run(own: number): Promise<void> {
    const isLatest = () => own === version;
    const next = await reload(isLatest);
    if (!isLatest()) return;
    if (next === undefined) failedAt = Date.now();
    else {
      looks = new Map(next.map((file) => [file, looks.get(file) ?? lookOf(file)]));
      before = looks;
    }
  }

  return () => {
    version += 1;
    clearTimeout(timer);
  };
}

function looksOf(files: Iterable<string>): ReadonlyMap<string, string> {
  return new Map([...files].map((file) => [file, lookOf(file)]));
}

function isSame(looks: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): boolean {
  return [...looks].every(([file, look]) => others.get(file) === look);
}

function lookOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return `${mtimeMs} ${size} ${ino}`;
}
