import { TemplateError } from '../template-error.js';

/** Deeper than any template; far less than what a stack takes. */
const MAX_LEVELS = 200;

/** Nodes of a document when every alias is written out. */
const MAX_NODES = 2_000_000;

/** Counts what a document comes to, and refuses what has no end. */
export interface Limits {
  enter(): void;
  leave(): void;
  /** @param nodes How many an alias stands for; 1 for what is written. */
  count(nodes: number): void;
  readonly counted: number;
}

export function limitsOf(path: string): Limits {
  let level = 0;
  let counted = 0;
  return {
    enter() {
      level += 1;
      if (level > MAX_LEVELS) throw new TemplateError(path, `is nested too deeply: ${MAX_LEVELS} levels are the most`);
    },
    leave() {
      level -= 1;
    },
    count(nodes) {
      counted += nodes;
      if (counted > MAX_NODES)
        throw new TemplateError(path, 'its aliases stand for too much: write out what they mean');
    },
    get counted() {
      return counted;
    },
  };
}
