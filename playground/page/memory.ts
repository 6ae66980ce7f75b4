import { type FormValues, fromFragment, toFragment } from './form-values.js';

/** What the form held before. */
export interface Remembered {
  readonly values: FormValues;
  /** Whether this page has sent them before. Nothing that a link brings is sent until somebody presses Send. */
  readonly sent: boolean;
}

const DRAFT = 'draft';
/** Browsers take longer addresses, but what people share them with does not. */
const MAX_ADDRESS = 50_000;
/** In the entries of the history that this page has made. Other sites can lead to an address of ours, but not write this. */
const SENT = 'sent';

/** Makes the values the page's address: to reload, to share, to come back to. */
export function rememberSent(values: FormValues): void {
  const fragment = toFragment(values);
  if (fragment.length > MAX_ADDRESS) {
    rememberDraft(values);
    return;
  }
  if (location.hash === '' || location.hash === fragment) history.replaceState(SENT, '', fragment);
  else history.pushState(SENT, '', fragment);
  keep(undefined);
}

/** Keeps what has not been sent, until the tab is closed. */
export function rememberDraft(values: FormValues): void {
  keep(JSON.stringify({ address: location.hash, fragment: toFragment(values) }));
}

/** What the page shows after a reload, at an address that was shared, or one step back. */
export function recall(sources: Parameters<typeof fromFragment>[1]): Remembered | undefined {
  const draft = draftHere();
  const values = fromFragment(draft ?? location.hash, sources);
  return values && { values, sent: draft === undefined && history.state === SENT };
}

function draftHere(): string | undefined {
  try {
    const { address, fragment } = JSON.parse(sessionStorage.getItem(DRAFT) ?? '{}');
    return address === location.hash ? fragment : undefined;
  } catch {
    return undefined;
  }
}

function keep(draft: string | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(DRAFT);
    else sessionStorage.setItem(DRAFT, draft);
  } catch {
    // Full, or forbidden by a setting of the browser: then a reload begins with what was sent.
  }
}
