import {
  type Body,
  browse,
  type EngineName,
  type PageRequest,
  type Transport,
  type Verdict,
} from '../../src/browser.js';
import type { Outcome, Prediction } from '../messages.js';

/** The verdict of `browse` on a request, in a form that JSON can carry. */
export async function predict(
  request: PageRequest,
  transport: Transport,
  engine: EngineName,
): Promise<Omit<Prediction, 'exchanges'>> {
  const { verdict, exchanges } = await browse(request, transport, { engine });
  return {
    outcome: toOutcome(verdict),
    preflightReasons: exchanges[0]?.preflightReasons.map(({ why }) => why) ?? [],
  };
}

function toOutcome(verdict: Verdict): Outcome {
  if (!verdict.allowed) {
    const { reason, message, fix } = verdict;
    return { allowed: false, reason, message, fix };
  }
  const { status, headers, body } = verdict;
  return { allowed: true, status, headers, body: toText(body) };
}

function toText(body: Body | undefined): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
