import type { CorsPolicy } from '../../src/index.js';
import type { FormValues } from './form-values.js';

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
        'JSON needs a preflight. The policy names this page’s origin, so the browser sends the POST, and the page can read the response. The prediction sends it too: that makes two notes.',
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
      story:
        'The page’s server sets a cookie, session=playground, when it sends the page. Cookies ignore ports, so the API gets it too, if the request includes credentials. For these, * is not enough: the policy must name the origin and allow credentials.',
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
      story:
        'The path lacks the stage, /prod, so the gateway answers 403 and does not call the function. withCors cannot add its headers.',
      values: { ...GET_NOTES, path: '/notes', policy: write({ allowOrigins: [origin] }) },
    },
    {
      name: 'Set twice',
      story: 'A function URL with its own Cors adds its headers to those of withCors. The browser refuses two values.',
      values: { ...GET_NOTES, source: 'url', ownCors: true, path: '/notes', policy: write({ allowOrigins: [origin] }) },
    },
  ];
}

/** As it would be written in code. */
function write(policy: CorsPolicy): string {
  const lines = Object.entries(policy).map(([key, value]) => `  ${key}: ${literal(value)},`);
  return `{\n${lines.join('\n')}\n}`;
}

function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (!Array.isArray(value)) return String(value);
  const items = value.map(literal);
  const line = `[${items.join(', ')}]`;
  // The field is narrow.
  return line.length <= 25 ? line : `[\n${items.map((item) => `    ${item},\n`).join('')}  ]`;
}
