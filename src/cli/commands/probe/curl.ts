import { browse, type PageRequest, type Transport, type WireRequest } from '../../../browser.js';
import { misuse } from '../../input/misuse.js';

/**
 * The requests that a browser sends for a page's request, as command lines for curl: the preflight where one is needed,
 * then the request. Nothing is sent. Throws if a browser sends nothing either.
 */
export async function curlLines(request: PageRequest): Promise<readonly string[]> {
  const { exchanges, verdict } = await browse(request, allowEverything);
  if (exchanges.length === 0 && !verdict.allowed) {
    throw misuse(`a browser sends nothing: ${verdict.message} To fix it: ${verdict.fix}`);
  }
  return exchanges.map((exchange) => curlLine(exchange.request));
}

/** Grants each request what it asks for, so that the browser goes on to the next. */
const allowEverything: Transport = async ({ headers }) => {
  const asked = new Map(headers);
  return {
    status: 200,
    headers: [
      ['access-control-allow-origin', asked.get('origin') ?? '*'],
      ['access-control-allow-credentials', 'true'],
      ['access-control-allow-methods', asked.get('access-control-request-method') ?? 'GET'],
      ['access-control-allow-headers', asked.get('access-control-request-headers') ?? 'accept'],
    ],
  };
};

/** `--include` shows the headers of the response, which is what CORS is about. */
function curlLine({ method, url, headers, body }: WireRequest): string {
  const words = [
    'curl --include --globoff',
    // With --request HEAD, curl would wait for a body.
    method === 'HEAD' ? '--head' : `--request ${quoted(method)}`,
    // A header without a value ends in a semicolon; curl removes those that end in a colon.
    ...headers.map(([name, value]) => `--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`, 'latin1')}`),
    ...(body === undefined ? [] : [`--data-raw ${quoted(body.toString())}`]),
    quoted(url),
  ];
  return words.join(' ');
}

/**
 * A word of a shell, in printable ASCII: nothing in it can command a terminal. What is not ASCII becomes bytes, which
 * bash, zsh and POSIX.1-2024 shells read in `$'…'`: https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
function quoted(text: string, encoding: 'latin1' | 'utf8' = 'utf8'): string {
  if (/^[\w.:/@%+=-]+$/.test(text)) return text;
  if (/^[ -~]*$/.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const bytes = [...Buffer.from(text, encoding)].map((byte) =>
    byte < 0x20 || byte > 0x7e
      ? `\\x${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte).replace(/['\\]/, '\\$&'),
  );
  return `$'${bytes.join('')}'`;
}
