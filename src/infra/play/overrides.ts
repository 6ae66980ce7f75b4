/**
 * What a response template does to `Access-Control-Allow-Origin`: nothing; the request's origin where it is one of
 * some, as generated templates have it; or something that only Velocity can tell.
 */
type OriginOverride =
  | { readonly kind: 'none' }
  /** `origins` are those that are compared as they are; `allows` counts the ones that a pattern takes, too. */
  | { readonly kind: 'listed'; readonly origins: readonly string[]; readonly allows: (origin: string) => boolean }
  | { readonly kind: 'unknown' };

const UNKNOWN: OriginOverride = { kind: 'unknown' };

/**
 * Reads a template that compares the request's origin with texts and then sends it: what `generate` and CDK write, and
 * nothing that does more.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function originOverride(template: string): OriginOverride {
  if (!/responseOverride/i.test(template)) return { kind: 'none' };
  const [set, ...others] = template.matchAll(
    /#set\(\s*\$context\.responseOverride\.header\.([\w-]+)\s*=\s*\$\w+\s*\)/g,
  );
  if (set?.[1]?.toLowerCase() !== 'access-control-allow-origin' || others.length > 0) return UNKNOWN;
  if (template.match(/responseOverride/gi)?.length !== 1) return UNKNOWN;
  if (!/\$input\.params\(\)\.header\.get\(/.test(template)) return UNKNOWN;
  if (/#(?:else|elseif|macro|evaluate|parse|stop)/.test(template)) return UNKNOWN;
  const conditions = [...template.matchAll(/#if\(((?:[^()]|\([^()]*\))*)\)/g)].map(([, text = '']) => text);
  const tests = conditions.flatMap((condition) => condition.split('||').map(testOf));
  if (tests.length === 0 || tests.includes(undefined)) return UNKNOWN;
  return {
    kind: 'listed',
    origins: tests.flatMap((test) => test?.origin ?? []),
    allows: (origin) => tests.some((test) => test?.allows(origin)),
  };
}

interface Test {
  readonly origin?: string;
  readonly allows: (origin: string) => boolean;
}

/** `$v == "https://a.test"` or `$v.matches("https://a.test")`, where dots stand for anything. */
function testOf(condition: string): Test | undefined {
  // Whether there is an origin at all.
  if (/^\s*\$\w+\s*[!=]=\s*""\s*$/.test(condition)) return { allows: () => false };
  const equal = /^\s*\$\w+\s*==\s*["']([^"'$]*)["']\s*$/.exec(condition)?.[1];
  if (equal !== undefined) return { origin: equal, allows: (origin) => origin === equal };
  const pattern = /^\s*\$\w+\.matches\(\s*["']([\w.:/-]*)["']\s*\)\s*$/.exec(condition)?.[1];
  if (pattern === undefined) return undefined;
  return {
    allows: (origin) =>
      origin.length === pattern.length && [...pattern].every((unit, at) => unit === '.' || unit === origin[at]),
  };
}
