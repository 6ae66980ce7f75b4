import type { Outcome, SeenRequest } from '../messages.js';

/** One aspect of a trial that the prediction gets right or wrong. */
export interface Comparison {
  readonly what: string;
  readonly predicted: string;
  readonly real: string;
}

interface Side {
  readonly outcome: Outcome;
  readonly exchanges: readonly SeenRequest[];
}

export function compare(predicted: Side, real: Side): readonly Comparison[] {
  const points: readonly (readonly [what: string, value: (side: Side) => string | undefined])[] = [
    ['verdict', ({ outcome }) => (outcome.allowed ? 'allowed' : 'refused')],
    ['requests and statuses', ({ exchanges }) => exchanges.map(({ kind, status }) => `${kind} ${status}`).join(', ')],
    [
      'readable headers',
      ({ outcome }) => (outcome.allowed ? Object.keys(outcome.headers).sort().join(', ') : undefined),
    ],
  ];
  return points.flatMap(([what, value]) => {
    const [left, right] = [value(predicted), value(real)];
    return left === undefined && right === undefined
      ? []
      : [{ what, predicted: left ?? 'none', real: right ?? 'none' }];
  });
}
