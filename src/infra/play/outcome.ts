import { chromiumLine } from '../../browser/chromium-console.js';
import { corsCheck } from '../../browser/cors-check.js';
import type { Engine } from '../../browser/engine.js';
import { type PreflightQuestion, preflightCheck } from '../../browser/preflight-check.js';
import type { CorsError, Fault } from '../../browser/types.js';
import type { World } from '../value.js';
import type { Played } from './played.js';
import { worldText } from './worlds.js';

/** What a page would see of one response. */
export interface Outcome {
  /**
   * `yes`: a browser lets it pass. `no`: a browser refuses it, or it cannot be deployed. `unknown`: the template does
   * not say. `not asked`: there is no such response.
   */
  readonly outcome: 'yes' | 'no' | 'unknown' | 'not asked';
  /** Chromium's name for why not. */
  readonly reason?: CorsError;
  /** What makes the response, where that is not what the route is for. */
  readonly by?: string;
  /** What the browser's console says; what API Gateway says, where it cannot be deployed. */
  readonly message?: string;
  /** Why it is unknown or not asked. */
  readonly why?: string;
  /** What would make a `yes` a `no`. */
  readonly unless?: string;
  /** Only the function knows: what `withCors` makes of it with the policy that was given. */
  readonly withPolicy?: Outcome;
}

/** The page's side of a request. */
export interface Question extends PreflightQuestion {
  readonly url: string;
  readonly engine: Engine;
}

export function judgePreflight(played: Played, question: Question): Outcome {
  return judged(played, question, ({ status, headers }) => {
    const granted = preflightCheck(question, { status, headers }, question.engine);
    return 'reason' in granted ? granted : undefined;
  });
}

export function judgeResponse(played: Played, question: Question): Outcome {
  return judged(played, question, ({ headers }) => corsCheck(question.origin, question.credentials, headers));
}

type Response = Extract<Played, { kind: 'response' }>;

function judged(
  played: Played,
  question: Question,
  check: (response: Response) => Fault<CorsError> | undefined,
): Outcome {
  if (played.kind === 'function') return { outcome: 'unknown', why: 'only the function knows' };
  if (played.kind === 'unknown') return { outcome: 'unknown', why: played.why };
  if (played.kind === 'undeployable') return { outcome: 'no', message: `The deployment fails: ${played.why}` };
  const fault = check(played);
  if (fault === undefined) {
    const { unless } = played;
    return { outcome: 'yes', ...(unless !== undefined && { unless }) };
  }
  // A preflight with another status fails whatever it carries.
  const why = statusFails(played, check) ? undefined : unknownHeader(fault.reason, played);
  const by = played.by === undefined ? {} : { by: played.by };
  return why === undefined ? { ...refused(fault, question), ...by } : { outcome: 'unknown', why, ...by };
}

/** Whether it fails even with every header that might be there. */
function statusFails(played: Response, check: (response: Response) => Fault<CorsError> | undefined): boolean {
  const preflight = check({ ...played, status: 0, headers: [] })?.reason.startsWith('Preflight') === true;
  return preflight && (played.status < 200 || played.status > 299);
}

const HEADER_AT_FAULT: readonly (readonly [pattern: RegExp, header: string])[] = [
  [/Origin/, 'access-control-allow-origin'],
  [/Credentials/, 'access-control-allow-credentials'],
  [/Method/, 'access-control-allow-methods'],
  [/Header/, 'access-control-allow-headers'],
];

function unknownHeader(reason: CorsError, { unknown }: Response): string | undefined {
  const name = reason.replace(/Header$/, '').replace(/PreflightResponse$/, '');
  const header = HEADER_AT_FAULT.find(([pattern]) => pattern.test(name))?.[1];
  return header === undefined ? undefined : unknown.get(header);
}

function refused(fault: Fault<CorsError>, { origin, method, url }: Question): Outcome {
  return {
    outcome: 'no',
    reason: fault.reason,
    message: chromiumLine(fault, { origin, method, url, firstUrl: url }),
  };
}

/** One outcome for all worlds; where they differ, it is unknown, and why says in which world what. */
export function acrossWorlds(outcomes: readonly (readonly [World, Outcome])[]): Outcome {
  const [[, first] = [{}, NOTHING], ...others] = outcomes;
  if (
    others.every(
      ([, { outcome, reason, message }]) =>
        outcome === first.outcome && reason === first.reason && message === first.message,
    )
  )
    return first;
  const why = outcomes.map(([world, each]) => `${worldText(world)}: ${inWords(each)}`).join('; ');
  if (outcomes.every(([, { outcome }]) => outcome === first.outcome)) return { ...first, why };
  return { outcome: 'unknown', why };
}

function inWords({ outcome, reason, why }: Outcome): string {
  const because = reason ?? why;
  return because === undefined ? outcome : `${outcome}, ${because}`;
}

const NOTHING: Outcome = { outcome: 'unknown', why: 'nothing answers' };

/** The worst of several responses: a page has to be able to read them all. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  return (
    outcomes.find(({ outcome }) => outcome === 'no') ??
    outcomes.find(({ outcome }) => outcome === 'unknown') ??
    outcomes[0] ??
    NOTHING
  );
}
