/** What the tables of docs/migrating.md look at: a request of a page, and what comes of it. */
import { browse, type Exchange, type HeaderLines, type PageRequest, type Transport } from '../../../src/browser.js';

const APP = 'https://app.example.com';

/** Such as "`GET /notes` with cookies from `evil.example`", which stands for https. */
export function requestOf(text: string): PageRequest {
  const [, method = '', path = '', rest = ''] = /^`([A-Z]+) (\/\S*)`(.*)$/.exec(text) ?? [];
  if (method === '') throw new Error(`this is not a request: ${text}`);
  const [, site = APP] = / from `([^`]+)`/.exec(rest) ?? [];
  const [, name, value = ''] = / with `([\w-]+): ([^`]+)`/.exec(rest) ?? [];
  return {
    origin: site.includes('://') ? site : `https://${site}`,
    url: `https://api.example.com${path}`,
    method,
    ...(name !== undefined && { headers: { [name]: value } }),
    ...(rest.includes(' with cookies') && { credentials: 'include', cookie: 'a=1' }),
  };
}

/** What there is to see of a request: what the page gets, the preflight's status, or a header. */
export async function see(look: string, request: PageRequest, transport: Transport): Promise<string> {
  const { verdict, exchanges } = await browse(request, transport);
  if (look === 'the page') {
    return verdict.allowed ? `reads ${verdict.status}` : `is refused`;
  }
  const preflight = exchanges.find(({ kind }) => kind === 'preflight');
  if (look === 'the preflight') return String(preflight?.response?.status ?? 'none');
  const [, name = '', of] = /^`([\w-]+)`( of the preflight)?$/.exec(look) ?? [];
  if (name === '') throw new Error(`nothing is known of ${look}`);
  return linesOf(name, of === undefined ? exchanges.filter(({ kind }) => kind === 'request').at(-1) : preflight);
}

function linesOf(name: string, exchange: Exchange | undefined): string {
  const lines: HeaderLines = exchange?.response?.headers ?? [];
  const values = lines.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return values.length === 0 ? 'none' : values.map((value) => `\`${value}\``).join(' and ');
}
