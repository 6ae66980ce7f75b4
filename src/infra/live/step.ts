import type { State, Thing } from './thing.js';

/** One write. */
export interface Step {
  /** What is written. */
  readonly thing: Thing;
  /** @internal What is there; absent where it is not there. */
  readonly before?: State;
  /** @internal What is to be there; absent where it is to be deleted. */
  readonly after?: State;
}

export function stepOf(thing: Thing, before: State | undefined, after: State | undefined): Step {
  return { thing, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
