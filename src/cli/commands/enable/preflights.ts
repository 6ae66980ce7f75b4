import {
  browse,
  isForbiddenMethod,
  isSafelistedMethod,
  type PageRequest,
  type Transport,
  type WireRequest,
  type WireResponse,
} from '../../../browser.js';
import type { CompiledPolicy } from '../../../index.js';
import { diagnose } from '../../evidence/diagnose.js';
import type { Finding } from '../../evidence/finding.js';
import { look } from '../../evidence/seen.js';
import { UNLISTED } from '../../evidence/unlisted-origin.js';

/** What is asked of one path. */
export interface Question {
  readonly path: string;
  readonly request: PageRequest;
  /** Whether the policy allows it. */
  readonly allowed: boolean;
}

export interface Answer extends Question {
  /** It is as the policy says. */
  readonly ok: boolean;
  /** What the browser says and what to do, where it is refused. */
  readonly problem?: string;
  readonly findings: readonly Finding[];
}

export interface Asked {
  readonly path: string;
  readonly methods: readonly string[];
}

/**
 * The preflights that show whether a path answers by a policy: from an origin that it lists, and from one that nobody
 * lists.
 *
 * @param policy Without one everyone may call the methods of a path with JSON, as the console has it.
 */
export function questionsOf(
  base: string,
  paths: readonly Asked[],
  policy: CompiledPolicy | undefined,
): readonly Question[] {
  return paths.flatMap(({ path, methods }) => {
    const request = requestFor(`${base.replace(/\/$/, '')}${filled(path)}`, methods, policy);
    if (request === undefined) return [];
    const isPublic = policy === undefined || policy.allowOrigins === '*';
    const refused = { path, request: { ...request, origin: UNLISTED }, allowed: false };
    return [{ path, request, allowed: true }, ...(isPublic ? [] : [refused])];
  });
}

/** `/pets/{id}/{rest+}` as `/pets/1/1`. */
function filled(path: string): string {
  return path.replace(/\{[^}]*\}/g, '1');
}

/** A request that needs a preflight; `undefined` where the policy allows none that does. */
function requestFor(
  url: string,
  methods: readonly string[],
  policy: CompiledPolicy | undefined,
): PageRequest | undefined {
  const allowed = policy?.allowMethods ?? '*';
  const own = methods.includes('ANY') ? (allowed === '*' ? ['PUT'] : allowed) : methods;
  const names = own.filter(
    (name) =>
      name !== 'OPTIONS' &&
      !isForbiddenMethod(name) &&
      (allowed === '*' || allowed.includes(name) || isSafelistedMethod(name)),
  );
  const method = names.find((name) => !isSafelistedMethod(name)) ?? names[0];
  const header = headerToAskFor(policy);
  if (method === undefined || (isSafelistedMethod(method) && header === undefined)) return undefined;
  const origins = policy?.allowOrigins;
  const origin = typeof origins === 'object' ? origins[0] : 'https://app.example.com';
  return {
    origin: origin ?? 'https://app.example.com',
    url,
    method,
    headers: header === undefined ? [] : [[header, 'application/json']],
    credentials: policy?.allowCredentials ? 'include' : 'omit',
  };
}

function headerToAskFor(policy: CompiledPolicy | undefined): string | undefined {
  const names = policy?.allowHeaders ?? '*';
  if (names === '*' || names.some((name) => name.toLowerCase() === 'content-type')) return 'content-type';
  return names[0];
}

/** What the transport throws instead of a request that a browser would send now. */
const NOT_SENT = Symbol('not sent');

/** Asks as a browser does, up to the request itself, which is never sent: it could act. */
export async function ask(question: Question, transport: Transport): Promise<Answer> {
  const preflightsOnly = async (request: WireRequest): Promise<WireResponse> => {
    if (request.method !== 'OPTIONS') throw NOT_SENT;
    return transport(request);
  };
  const page = await browse(question.request, preflightsOnly);
  const { verdict } = page;
  const passed = !verdict.allowed && verdict.cause === NOT_SENT;
  const answered = page.exchanges[0]?.response !== undefined;
  const ok = question.allowed ? passed : !passed && answered;
  if (ok || verdict.allowed) return { ...question, ok, findings: [] };
  if (passed)
    return { ...question, ok, problem: 'The policy does not list this origin, and it is allowed.', findings: [] };
  const findings = diagnose(await look(question.request, page, preflightsOnly));
  return { ...question, ok, problem: page.problem ?? verdict.message, findings };
}
