import { TemplateError } from '../template-error.js';

/** Deeper than any template; far less than what a stack takes. */
const MAX_LEVELS = 200;

/** Nodes that aliases stand for, written out. */
const MAX_ALIASED = 100_000;

/** Counts what a document comes to, and refuses what has no end. */
export interface Limits {
  enter(): void;
  leave(): void;
  /** One node more that is written. */
  count(): void;
  /** @param nodes How many an alias stands for. */
  countAlias(nodes: number): void;
  /** All nodes so far, with what aliases stand for. */
  readonly counted: number;
}

export function limitsOf(path: string): Limits {
  let level = 0;
  let [written, aliased] = [0, 0];
  return {
    enter() {
      level += 1;
      if (level > MAX_LEVELS) throw new TemplateError(path, `is nested too deeply: ${MAX_LEVELS} levels are the most`);
    },
    leave() {
      level -= 1;
    },
    count() {
      written += 1;
    },
    countAlias(nodes) {
      aliased += nodes;
      if (aliased > MAX_ALIASED) {
        throw new TemplateError(path, 'its aliases stand for too much: write out what they mean');
      }
    },
    get counted() {
      return written + aliased;
    },
  };
}
