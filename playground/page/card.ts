import { el } from './dom.js';

export type SideName = 'Predicted' | 'Your browser';

/** One side of a comparison. */
export function card(side: SideName, kind: string, ...children: readonly (Node | undefined)[]): HTMLElement {
  const element = el('article', `card ${kind}`, el('p', 'side', side), ...children);
  element.setAttribute('aria-label', side);
  return element;
}
