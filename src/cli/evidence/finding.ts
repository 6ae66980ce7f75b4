import type { Cause } from '../../diagnosis/cause.js';

/** A likely cause, and what shows it. */
export interface Finding extends Cause {
  readonly evidence: string;
}

/** The finding as `--json` prints it: what was found, what shows it, what to do, where to read on. */
export function finding({ code, title, remedy, link }: Cause, evidence: string): Finding {
  return { code, title, evidence, remedy, link };
}
