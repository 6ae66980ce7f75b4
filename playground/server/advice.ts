import type { Refused } from '../../src/browser.js';
import type { FaultKind } from '../../src/sources/front-door.js';
import type { ApiSettings, SeenRequest } from '../messages.js';

const STAGE =
  'put the stage in front of the path, as in /prod/notes. The gateway answered before it called the function, so withCors could not add its headers; a REST API adds them to such errors if you set Access-Control-Allow-Origin on its gateway response DEFAULT_4XX';
const LESS = 'send less. The gateway answered before it called the function, so withCors could not add its headers';
const WRAP = 'set Function to withCors(fn, policy)';

/** What the gateway answers before it calls a function, or whatever it returns. */
const FAULTS: Readonly<Partial<Record<string, string>>> = {
  'no such stage': STAGE,
  'request headers too large': LESS,
  'request body too large': LESS,
  'response too large':
    'return less. The gateway answered instead of the function, so the headers of withCors are lost',
} satisfies Partial<Record<FaultKind, string>>;

/**
 * What to change in the form. `browse` sees only responses, and has to guess who made them. The page knows.
 *
 * @param last The exchange that failed.
 */
export function adviceFor(
  { reason, fix }: Refused,
  { wrapped, ownCors, source }: ApiSettings,
  last: SeenRequest | undefined,
): string {
  // Not about CORS.
  if (reason.startsWith('ERR_')) return fix;
  const early = FAULTS[last?.fault?.kind ?? ''];
  if (early !== undefined) return early;
  if (!ownCors) return wrapped ? fix : `${WRAP}. The function alone does not send CORS headers`;
  if (!wrapped) return `turn off the gateway’s own CORS feature, and ${WRAP}`;
  const effect =
    source === 'url' ? 'adds its headers to those of withCors' : 'replaces the headers of withCors with its own';
  return `turn off the gateway’s own CORS feature, which ${effect}`;
}
