import { type Generated, type GenerateFormat, type GenerateTarget, generate } from '../../infra.js';
import { misuse } from '../input/misuse.js';
import { required } from '../input/request-options.js';
import { loadPolicy } from '../modules/load-policy.js';
import { printLines, printText } from '../terminal/print.js';

interface PrintPolicyOptions {
  readonly policy?: string;
  readonly methods?: readonly string[];
  readonly format?: GenerateFormat;
}

/** A policy for what is in front of the functions, on standard output; what to know about it, on standard error. */
export async function printPolicyFor(target: GenerateTarget, options: PrintPolicyOptions): Promise<number> {
  const path = required(options.policy, '--policy', 'cors.json');
  const policy = await loadPolicy(path);
  const { methods, format } = options;
  const { text, notes } = unlessRefused(target, methods !== undefined, () =>
    generate(policy, target, { ...(methods && { methods }), ...(format && { format }) }),
  );
  printText(text);
  printLines(
    notes.map((note) => `note: ${note}`),
    process.stderr,
  );
  return 0;
}

function unlessRefused(target: GenerateTarget, hasMethods: boolean, make: () => Generated): Generated {
  try {
    return make();
  } catch (error) {
    // Of GenerateError, or of CorsPolicyError for --methods.
    if (!(error instanceof Error) || !('issues' in error)) throw error;
    const faults = error.message.trim().split(/\n\s*/).filter(isFault);
    throw misuse(
      `nothing is generated for ${target}:`,
      faults.map((fault) => (hasMethods ? inOption(fault) : fault)),
    );
  }
}

/** In the words of the option, which comes in place of what the policy has. */
function inOption(fault: string): string {
  return fault.replace(/^allowMethods(?=[:[])/, '--methods');
}

/** Not the heading. */
function isFault(line: string): boolean {
  return !line.startsWith('nothing is generated');
}
