import type { GatewaySource } from '../../src/gateway.js';
import type { CorsPolicy } from '../../src/index.js';

/** Everything that the form holds. */
export interface FormValues {
  readonly policy: string;
  readonly source: GatewaySource;
  readonly wrapped: boolean;
  readonly ownCors: boolean;
  readonly method: string;
  readonly path: string;
  readonly headers: string;
  readonly body: string;
  readonly credentials: 'omit' | 'same-origin' | 'include';
}

/** One example, loaded by one button. */
export interface Preset {
  readonly name: string;
  readonly story: string;
  readonly values: FormValues;
}

const GET_NOTES = {
  source: 'rest',
  wrapped: true,
  ownCors: false,
  method: 'GET',
  path: '/prod/notes',
  headers: '',
  body: '',
  credentials: 'same-origin',
} as const;

const POST_NOTE = {
  ...GET_NOTES,
  method: 'POST',
  headers: 'Content-Type: application/json',
  body: '{ "text": "Buy milk" }',
} as const;

/** The page's own origin is in some of the policies. */
export function presetsFor(origin: string): readonly Preset[] {
  return [
    {
      name: 'These origins',
      story:
        'JSON needs a preflight. The policy names this page’s origin, so the browser sends the POST, and the page can read the response.',
      values: {
        ...POST_NOTE,
        policy: write({
          allowOrigins: [origin, 'https://*.example.com'],
          allowMethods: ['GET', 'POST', 'DELETE'],
          allowHeaders: ['Content-Type'],
          exposeHeaders: ['Location'],
        }),
      },
    },
    {
      name: 'Any origin',
      story: 'A public API. A plain GET does not need a preflight, and * lets every page read the response.',
      values: { ...GET_NOTES, policy: write({ allowOrigins: '*' }) },
    },
    {
      name: 'Cookies',
      story: 'With credentials, * is not enough. The policy must name the origin and allow credentials.',
      values: {
        ...GET_NOTES,
        credentials: 'include',
        policy: write({ allowOrigins: [origin], allowCredentials: true }),
      },
    },
    {
      name: 'Forgot the origin',
      story: 'The policy names another site. The preflight is refused, and the POST is never sent.',
      values: { ...POST_NOTE, policy: write({ allowOrigins: ['https://app.example.com', 'https://*.example.com'] }) },
    },
    {
      name: 'Handler throws',
      story:
        'withCors turns the error into a 500 that the page can read. Set the function to “fn alone” to see how it is hidden otherwise.',
      values: { ...GET_NOTES, path: '/prod/fail', policy: write({ allowOrigins: [origin] }) },
    },
    {
      name: 'Gateway error',
      story: 'The URL lacks the stage, so the gateway answers itself. The function’s policy does not reach that 403.',
      values: { ...GET_NOTES, path: '/notes', policy: write({ allowOrigins: [origin] }) },
    },
    {
      name: 'Set twice',
      story: 'A function URL with its own Cors adds its headers to those of withCors. The browser refuses two values.',
      values: { ...GET_NOTES, source: 'url', ownCors: true, path: '/notes', policy: write({ allowOrigins: [origin] }) },
    },
  ];
}

function write(policy: CorsPolicy): string {
  const text = JSON.stringify(policy, null, 2);
  // Short lists on one line.
  return text.replace(/\[\s+([^\]]{0,34}?)\s+\]/g, (_match, items: string) => `[${items.replace(/\s*\n\s*/g, ' ')}]`);
}
