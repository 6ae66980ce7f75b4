/**
 * What a response template does to `Access-Control-Allow-Origin`: nothing; the request's origin where it is one of
 * some, as generated templates have it; or something that only Velocity can tell.
 */
export type OriginOverride =
  | { readonly kind: 'none' }
  | { readonly kind: 'listed'; readonly origins: readonly string[] }
  | { readonly kind: 'unknown' };

const OVERRIDE = /responseOverride\.header/i;

/**
 * Reads a template that compares the request's origin with texts and then sends it: what `generate` and CDK write, and
 * nothing that does more. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function originOverride(template: string): OriginOverride {
  if (!OVERRIDE.test(template)) return { kind: 'none' };
  const sets = [...template.matchAll(/#set\(\s*\$context\.responseOverride\.header\.([\w-]+)\s*=\s*\$(\w+)\s*\)/g)];
  const [set, ...others] = sets;
  const overrides = template.match(/responseOverride/g) ?? [];
  if (set === undefined || others.length > 0 || overrides.length > 1) return { kind: 'unknown' };
  if (set[1]?.toLowerCase() !== 'access-control-allow-origin') return { kind: 'unknown' };
  const conditions = [...template.matchAll(/#if\(([^)]*(?:\([^)]*\)[^)]*)*)\)/g)].map(([, text]) => text as string);
  const compared = conditions.flatMap((condition) => condition.split('||').map(comparisonOf));
  if (compared.includes(undefined) || !/input\.params\(\)\.header\.get\(/.test(template)) return { kind: 'unknown' };
  if (/#(?:else|elseif|macro|evaluate|parse|stop)|\.(?:matches|contains|replace)/.test(template))
    return { kind: 'unknown' };
  return { kind: 'listed', origins: compared.filter((text) => text !== undefined && text !== '') as string[] };
}

/** The text of `$v == "https://a.test"`; empty for a test of whether there is anything. */
function comparisonOf(condition: string): string | undefined {
  if (/^\s*\$\w+\s*!=\s*""\s*$/.test(condition)) return '';
  return /^\s*\$\w+\s*==\s*["']([^"']*)["']\s*$/.exec(condition)?.[1];
}
