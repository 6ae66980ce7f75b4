import {
  type Body,
  browse,
  type EngineName,
  type PageRequest,
  type Refused,
  type Transport,
  type Verdict,
} from '../../src/browser.js';
import type { Outcome, Prediction } from '../messages.js';

/** The verdict of `browse` on a request, in a form that JSON can carry. */
export async function predict(
  request: PageRequest,
  transport: Transport,
  engine: EngineName,
  fixFor: (verdict: Refused) => string,
): Promise<Omit<Prediction, 'exchanges'>> {
  const { verdict, exchanges } = await browse(request, transport, { engine });
  return {
    outcome: toOutcome(verdict, fixFor),
    preflightReasons: exchanges[0]?.preflightReasons.map(({ why }) => why) ?? [],
  };
}

function toOutcome(verdict: Verdict, fixFor: (verdict: Refused) => string): Outcome {
  if (!verdict.allowed) {
    const { reason, message } = verdict;
    return { allowed: false, reason, message, fix: fixFor(verdict) };
  }
  const { status, headers, body } = verdict;
  return { allowed: true, status, headers, body: toText(body) };
}

function toText(body: Body | undefined): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
