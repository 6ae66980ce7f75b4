import { CorsPolicyError, compilePolicy } from '../../src/index.js';

/** The policy in the text, and everything that is wrong with it. */
export interface WrittenPolicy {
  readonly policy?: unknown;
  readonly faults: readonly PolicyFault[];
}

export interface PolicyFault {
  readonly path: string;
  readonly text: string;
}

export function readPolicy(text: string): WrittenPolicy {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (error) {
    return { faults: [{ path: 'JSON', text: (error as Error).message }] };
  }
  try {
    compilePolicy(policy as object);
    return { policy, faults: [] };
  } catch (error) {
    if (!(error instanceof CorsPolicyError)) throw error;
    return {
      faults: error.issues.map(({ path, value, reason, fix }) => ({
        path,
        text: `${JSON.stringify(value)} ${reason}; ${fix}`,
      })),
    };
  }
}
