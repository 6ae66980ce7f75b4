import type { Results, Work } from '../in-page.js';
import type { PageOrigin } from '../world.js';

/** A real browser that runs functions in pages, and whose console can be read. */
export interface Browser {
  /** With its version, and where it came from. */
  readonly name: string;
  /** How many cases a page may ask at a time. */
  readonly lanes: number;
  /** How many cases to ask before the pages are opened anew, with empty caches. */
  readonly casesPerProfile: number;
  /** Whether pages of several origins may ask at the same time. */
  readonly parallelPages: boolean;
  /** A user's profile: empty caches, no cookies. */
  openProfile(): Promise<Profile>;
  close(): Promise<void>;
}

/** Why a browser did not start, a line for each place where it was looked for. */
export interface NotStarted {
  readonly attempts: readonly string[];
}

export interface Profile {
  openTab(origin: PageOrigin): Promise<Tab>;
  close(): Promise<void>;
}

/** A page of one origin. */
export interface Tab {
  /** Calls a function in the page. It must use nothing from outside of itself. */
  run(body: PageFunction, work: Work): Promise<Results>;
  /** What the browser's tools show of a case that was run. */
  told(id: string, refusals: readonly number[]): Promise<Told>;
  forget(id: string): void;
}

export type PageFunction = (work: Work) => Promise<string>;

export interface Told {
  /** The console's sentences about CORS, in order. */
  readonly console: readonly string[];
  /** Why requests failed, by their number in `refusals`; missing if the browser does not say. */
  readonly reasons?: readonly string[];
}

/** Tries one place after the other. */
export async function firstThatStarts<Started>(
  candidates: readonly Candidate[],
  start: (found: Found) => Promise<Started>,
): Promise<Started | NotStarted> {
  const attempts: string[] = [];
  for (const { name, find } of candidates) {
    try {
      const found = find();
      if (found === undefined) attempts.push(`${name}: not there`);
      else return await start(found);
    } catch (error) {
      attempts.push(`${name}: ${firstLines(error)}`);
    }
  }
  return { attempts };
}

export interface Candidate {
  readonly name: string;
  find(): Found | undefined;
}

export interface Found {
  readonly path: string;
  /** Libraries that a bare system does not have. */
  readonly libraries?: string;
}

function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // The dynamic loader names the library further down.
  const missing = /error while loading shared libraries: [^\n]*/.exec(text)?.[0];
  return missing ?? (text.split('\n', 1)[0] as string);
}
