/** What a mock answers, asked as a browser asks, and as no browser does. */
import { browse, type HeaderLines, type PageRequest } from '../../../src/browser.js';
import { httpTransport } from '../../../src/gateway.js';
import { type CompiledPolicy, type CorsPolicy, compilePolicy } from '../../../src/index.js';

interface Question {
  readonly title: string;
  /** The line as it is sent; none when there is no origin. */
  readonly origin?: readonly [name: string, value: string];
  readonly query?: string;
  /** What Access-Control-Allow-Origin may be; empty when there is none. */
  readonly answers: readonly string[];
}

/** What is wrong with the answers of `url`, which is to be asked by the rules of a policy. */
export async function faultsOf(url: string, written: CorsPolicy): Promise<readonly string[]> {
  const policy = compilePolicy(written as CorsPolicy);
  return [...(await headerFaults(url, policy)), ...(await browserFaults(url, policy))];
}

async function headerFaults(url: string, { allowOrigins }: CompiledPolicy): Promise<readonly string[]> {
  if (typeof allowOrigins === 'function') throw new Error('no gateway calls functions');
  const send = httpTransport();
  const several = allowOrigins !== '*' && allowOrigins.length > 1;
  const faults: string[] = [];
  for (const { title, origin, query = '', answers } of questionsOf(allowOrigins)) {
    const question = [...(origin ? [origin] : []), ['Access-Control-Request-Method', 'GET']] as const;
    const { status, headers } = await send({ method: 'OPTIONS', url: `${url}${query}`, headers: question });
    const got = valuesOf(headers, 'access-control-allow-origin').join();
    if (status !== 204 && status !== 200) faults.push(`${title}: status ${status}`);
    if (!answers.includes(got)) faults.push(`${title}: ${JSON.stringify(got)}, not ${JSON.stringify(answers)}`);
    if (several && !/origin/i.test(valuesOf(headers, 'vary').join())) faults.push(`${title}: there is no Vary: Origin`);
  }
  return faults;
}

function valuesOf(headers: HeaderLines, name: string): readonly string[] {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** A browser sends the request only after a preflight that allowed it. */
async function browserFaults(url: string, policy: CompiledPolicy): Promise<readonly string[]> {
  const { allowOrigins, allowMethods, allowHeaders, allowCredentials } = policy;
  const origin = allowOrigins === '*' ? 'https://anyone.example' : (allowOrigins as readonly string[]).at(-1);
  const method = allowMethods === '*' ? 'DELETE' : allowMethods.at(-1);
  const header = allowHeaders === '*' ? 'Authorization' : (allowHeaders.at(-1) ?? '');
  const request: PageRequest = {
    url,
    origin: origin ?? '',
    method: method ?? 'GET',
    // A value that no header may have without a preflight.
    headers: header === '' ? [] : [[header, 'application/json']],
    credentials: allowCredentials ? 'include' : 'omit',
  };
  async function asks(change: Partial<PageRequest>): Promise<boolean> {
    const { exchanges } = await browse({ ...request, ...change }, httpTransport());
    return exchanges.some(({ kind }) => kind === 'request');
  }
  const simple = request.method === 'GET' && header === '';
  return [
    ...((await asks({})) ? [] : [`a browser is refused ${method} with ${header}`]),
    ...(allowMethods !== '*' && (await asks({ method: 'UNLISTED' })) ? ['a browser may use any method'] : []),
    ...(allowHeaders !== '*' && (await asks({ headers: [['X-Unlisted', '1']] }))
      ? ['a browser may send any header']
      : []),
    ...(allowOrigins !== '*' && !simple && (await asks({ origin: 'https://evil.example' }))
      ? ['a stranger may ask']
      : []),
  ];
}

const NONE = [''];

function questionsOf(origins: '*' | readonly string[]): readonly Question[] {
  const evil = 'https://evil.example';
  if (origins === '*' || origins.length === 1) {
    // One answer for everyone: the browser compares.
    const answers = [origins[0] as string];
    return [
      { title: 'an origin', origin: ['Origin', evil], answers },
      { title: 'no origin', answers },
    ];
  }
  const [first, second] = origins as readonly [string, string];
  return [
    { title: 'Origin', origin: ['Origin', first], answers: [first] },
    { title: 'origin', origin: ['origin', second], answers: [second] },
    // No browser writes it so, and not every gateway leaves it as it is.
    { title: 'ORIGIN', origin: ['ORIGIN', first], answers: [first, ''] },
    ...origins.map((origin) => ({ title: origin, origin: ['Origin', origin] as const, answers: [origin] })),
    { title: 'a stranger', origin: ['Origin', evil], answers: NONE },
    { title: 'a dot as wildcard', origin: ['Origin', first.replace('.', 'x')], answers: NONE },
    { title: 'a longer one', origin: ['Origin', `${first}.evil.example`], answers: NONE },
    { title: 'a shorter one', origin: ['Origin', first.slice(0, -1)], answers: NONE },
    { title: 'another scheme', origin: ['Origin', first.replace('https:', 'http:')], answers: NONE },
    { title: 'capitals', origin: ['Origin', first.toUpperCase()], answers: NONE },
    { title: 'both', origin: ['Origin', `${first}, ${second}`], answers: NONE },
    { title: 'null', origin: ['Origin', 'null'], answers: NONE },
    { title: 'no origin', answers: NONE },
    { title: '?origin=, no origin', query: `?origin=${first}&Origin=${first}`, answers: NONE },
    {
      title: '?origin=, a stranger',
      query: `?origin=${first}&Origin=${first}`,
      origin: ['Origin', evil],
      answers: NONE,
    },
    {
      title: '?origin= of a stranger',
      query: `?origin=${evil}&Origin=${evil}`,
      origin: ['Origin', first],
      answers: [first],
    },
  ];
}
