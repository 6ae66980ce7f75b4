import type { SeenRequest } from '../messages.js';
import { card, type SideName } from './card.js';
import { el } from './dom.js';
import { foldedHeaders } from './show-headers.js';

/** A request and its response, as they went over the wire. */
export function exchangeCard(side: SideName, exchange: SeenRequest): HTMLElement {
  const { method, url, requestHeaders, status, responseHeaders, fault } = exchange;
  return card(
    side,
    '',
    el('p', 'line', el('strong', '', method), ' ', el('code', '', url)),
    foldedHeaders(requestHeaders),
    el('p', 'line answer', el('strong', '', String(status))),
    foldedHeaders(responseHeaders),
    fault === undefined
      ? undefined
      : el('p', 'quiet', `The gateway answered instead of the function: ${fault.message}.`),
  );
}

export function noExchangeCard(side: SideName): HTMLElement {
  return card(side, '', el('p', 'quiet', 'Not sent.'));
}
