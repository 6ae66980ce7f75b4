import type { CredentialsMode } from '../../src/browser.js';
import type { GatewaySource } from '../../src/gateway.js';

/** Everything that the form holds, as it stands there. */
export interface FormValues {
  readonly policy: string;
  readonly source: GatewaySource;
  readonly wrapped: boolean;
  readonly ownCors: boolean;
  readonly method: string;
  readonly path: string;
  readonly headers: string;
  readonly body: string;
  readonly credentials: CredentialsMode;
}

const CREDENTIALS: Readonly<Record<CredentialsMode, true>> = { 'same-origin': true, include: true, omit: true };

/** The values as the fragment of a URL; the same values make the same fragment. */
export function toFragment(values: FormValues): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return `#${new URLSearchParams(sorted.map(([name, value]): [string, string] => [name, String(value)]))}`;
}

/**
 * The values in a fragment, which may come from anywhere; `undefined` for a fragment of something else.
 *
 * @param sources Those that the form offers.
 */
export function fromFragment(
  fragment: string,
  sources: Readonly<Record<GatewaySource, unknown>>,
): FormValues | undefined {
  const given = new URLSearchParams(fragment.slice(1));
  function text(name: keyof FormValues): string {
    return given.get(name) ?? '';
  }
  const [source, credentials] = [text('source'), text('credentials')];
  if (!isKey(sources, source) || !isKey(CREDENTIALS, credentials)) return undefined;
  return {
    policy: text('policy'),
    source,
    wrapped: text('wrapped') !== 'false',
    ownCors: text('ownCors') === 'true',
    method: text('method'),
    path: text('path'),
    headers: text('headers'),
    body: text('body'),
    credentials,
  };
}

function isKey<Key extends string>(object: Readonly<Record<Key, unknown>>, key: string): key is Key {
  return Object.hasOwn(object, key);
}
