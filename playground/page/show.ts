import type { Outcome, Refusal, SeenRequest } from '../messages.js';
import { card, type SideName } from './card.js';
import { type Comparison, compare } from './compare.js';
import { byId, el } from './dom.js';
import { exchangeCard, noExchangeCard } from './show-exchange.js';
import { headerTable } from './show-headers.js';
import type { Result } from './trial.js';

export function showResult({ trial, real }: Result): void {
  const predicted = trial.prediction;
  showSummary(compare(predicted, real), predicted.exchanges.length > 0 && real.exchanges.length === 0);
  byId('results').classList.remove('stale');
  byId('results').replaceChildren(
    pair(verdictCard('Predicted', predicted.outcome), verdictCard('Your browser', real.outcome)),
    ...exchangePairs('preflight', predicted.exchanges, real.exchanges, predicted.preflightReasons),
    ...exchangePairs('request', predicted.exchanges, real.exchanges, []),
  );
}

/** @param story Of the example that is sent, and stays with its result. */
export function showSending(story: string): void {
  byId('preset-story').textContent = story;
  showNotice('busy', 'Sending…');
}

/** The form holds something else than what the results are about. */
export function showUnsent(): void {
  const isLater = byId('results').childElementCount > 0;
  showNotice(
    'unsent',
    isLater ? 'Press Send for a new result. This one is from before the change.' : 'Press Send to see the result.',
  );
}

export function showFaulty(): void {
  showNotice('fault', 'Not sent, because the form has faults.');
}

export function showFailure(error: unknown): void {
  byId('results').replaceChildren();
  showNotice('fault', error instanceof Error ? error.message : String(error));
}

/** Says why there is no result to what the form holds; an older one stays, but pale. */
function showNotice(kind: 'busy' | 'unsent' | 'fault', text: string): void {
  byId('results').classList.add('stale');
  const notice = el('p', `summary ${kind}`, text);
  // Only when it changes, because screen readers read it out.
  if (byId('summary').firstElementChild?.isEqualNode(notice) !== true) byId('summary').replaceChildren(notice);
}

function showSummary(comparisons: readonly Comparison[], isBlocked: boolean): void {
  const wrong = comparisons.filter(({ predicted, real }) => predicted !== real);
  const [verdict] = comparisons;
  const title =
    wrong.length === 0
      ? `Prediction and browser agree: ${verdict?.real}.`
      : `Prediction and browser differ. ${isBlocked ? 'Your browser sent nothing: an extension or a setting may have blocked it.' : 'This is a bug in lambda-cors/browser, or a cache answered.'}`;
  const points = comparisons.map(({ what, predicted, real }) => {
    const same = predicted === real;
    return el('li', same ? 'same' : 'differs', same ? what : `${what}: ${predicted} predicted, ${real} real`);
  });
  byId('summary').replaceChildren(
    el('div', `summary ${wrong.length === 0 ? 'agree' : 'differ'}`, el('p', '', title), el('ul', '', ...points)),
  );
}

function pair(left: HTMLElement, right: HTMLElement): HTMLElement {
  return el('div', 'pair', left, right);
}

function verdictCard(side: SideName, outcome: Outcome): HTMLElement {
  const kind = outcome.allowed ? 'allowed' : 'refused';
  return card(
    side,
    `verdict ${kind}`,
    el('h2', '', outcome.allowed ? `Allowed, ${outcome.status}` : 'Refused'),
    ...(outcome.allowed ? readable(outcome) : refusal(outcome)),
  );
}

function refusal({ reason, message, fix }: Refusal): readonly HTMLElement[] {
  if (message === undefined || fix === undefined) {
    return [
      el('p', '', el('code', '', reason)),
      el(
        'p',
        'quiet',
        'A page does not learn more. The console of your browser says why: compare it with the predicted sentence.',
      ),
    ];
  }
  return [
    el('p', '', el('code', '', reason)),
    el('p', 'label', 'The console says'),
    el('blockquote', '', message),
    el('p', 'label', 'To fix it'),
    el('p', 'fix', fix),
  ];
}

function readable({ headers, body }: Extract<Outcome, { allowed: true }>): readonly HTMLElement[] {
  const lines = Object.entries(headers);
  return [
    el('p', 'label', 'Headers that scripts may read'),
    lines.length === 0 ? el('p', 'quiet', 'none') : headerTable(lines),
    el('p', 'label', 'Body'),
    body === '' ? el('p', 'quiet', 'empty') : bodyText(body),
  ];
}

function bodyText(body: string): HTMLElement {
  const pre = el('pre', '', body.length > 2000 ? `${body.slice(0, 2000)}…` : body);
  // It scrolls, by keyboard too.
  pre.tabIndex = 0;
  return pre;
}

function exchangePairs(
  kind: SeenRequest['kind'],
  predicted: readonly SeenRequest[],
  real: readonly SeenRequest[],
  reasons: readonly string[],
): readonly HTMLElement[] {
  const [left, right] = [predicted, real].map((exchanges) => exchanges.filter((exchange) => exchange.kind === kind));
  const count = Math.max(left?.length ?? 0, right?.length ?? 0);
  const title = kind === 'preflight' ? 'Preflight' : 'Request';
  const why = reasons.length === 0 ? [] : [el('p', 'quiet', `Because ${reasons.join('; ')}.`)];
  if (count === 0) {
    const text = kind === 'preflight' ? 'Not needed: the request is simple.' : 'Never sent: the preflight failed.';
    return [el('h2', 'section', title), el('p', 'quiet', text)];
  }
  const pairs = Array.from({ length: count }, (_none, at) =>
    pair(exchange('Predicted', left?.[at]), exchange('Your browser', right?.[at])),
  );
  return [el('h2', 'section', title), ...why, ...pairs];
}

function exchange(side: SideName, seen: SeenRequest | undefined): HTMLElement {
  return seen === undefined ? noExchangeCard(side) : exchangeCard(side, seen);
}
