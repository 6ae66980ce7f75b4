import { compilePolicy } from '../../core/compile.js';
import { checkKeys } from '../../core/options.js';
import type { CompiledPolicy, CorsPolicy } from '../../core/policy.js';
import { GenerateError } from './generate-error.js';
import type { Format, Target } from './output.js';
import { printJson, printYaml } from './print.js';
import { TARGETS, type TargetName } from './targets.js';

/** How a policy is written. */
export interface GenerateOptions {
  /** What Access-Control-Allow-Methods names. Default: the policy's methods. */
  readonly methods?: readonly string[];
  /** `yaml` or `json`. Default: what the target is usually written in. */
  readonly format?: Format;
}

/** What `generate` writes. */
export interface Generated {
  /** The document, ready to be written to a file. */
  readonly text: string;
  /** What to know before it is used, a sentence or two each: where it goes, and what it does not do. */
  readonly notes: readonly string[];
}

/**
 * Writes a policy for what is in front of the functions: a template, a definition, code. Pure.
 *
 * @param policy As it is given to `withCors`.
 * @param target One of `GENERATE_TARGETS`.
 * @param options How it is written.
 * @throws {CorsPolicyError} When the policy is not valid.
 * @throws {GenerateError} When the target cannot express the policy: nothing is left out in silence.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 * @example
 * const { text, notes } = generate({ allowOrigins: ['https://a.example', 'https://b.example'] }, 'openapi')
 */
export function generate(
  policy: CorsPolicy | CompiledPolicy,
  target: TargetName,
  options: GenerateOptions = {},
): Generated {
  checkKeys('generate', options, ['methods', 'format'], 'generate(policy, "sam", { format: "yaml" })');
  const chosen: Target | undefined = Object.hasOwn(TARGETS, target) ? TARGETS[target] : undefined;
  if (chosen === undefined) {
    const fix = `write one of ${Object.keys(TARGETS).join(', ')}`;
    throw new GenerateError(target, [{ path: 'target', value: target, reason: 'is not a target', fix }]);
  }
  const whole = compilePolicy(policy as CorsPolicy);
  const { methods } = options;
  const compiled = methods === undefined ? whole : compilePolicy({ ...whole, allowMethods: methods } as CorsPolicy);
  const format = options.format ?? chosen.formats[0];
  const issues = chosen.checks.flatMap((check) => check(compiled) ?? []);
  if (format !== undefined && !chosen.formats.includes(format)) {
    const fix = ['leave it out', ...chosen.formats.map((each) => `write ${each}`)].join(', or ');
    issues.push({ path: 'format', value: format, reason: `is not a format of ${target}`, fix });
  }
  if (issues.length > 0) throw new GenerateError(target, issues);

  const output = chosen.write(compiled);
  const notes = [...(output.notes ?? []), ...beyond(whole, compiled)];
  if ('code' in output) return { text: output.code, notes };
  if (format === 'yaml') return { text: printYaml(output), notes };
  // JSON has no comments.
  const comments = (output.comments ?? []).map(([path, text]) => `${path.join('.')}: ${text}`);
  return { text: printJson(output.document), notes: [output.head, ...comments, ...notes] };
}

/** Methods that were asked for although the policy does not allow them. */
function beyond(policy: CompiledPolicy, { allowMethods }: CompiledPolicy): readonly string[] {
  const own = policy.allowMethods;
  if (own === '*') return [];
  const others = allowMethods === '*' ? ['*'] : allowMethods.filter((method) => !own.includes(method));
  if (others.length === 0) return [];
  return [`The policy itself does not allow ${others.join(', ')}: a function behind withCors does not either.`];
}
