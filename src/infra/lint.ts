import { compilePolicy } from '../core/compile.js';
import { checkKeys } from '../core/options.js';
import type { CompiledPolicy, CorsPolicy } from '../core/policy.js';
import { printable } from '../core/printable.js';
import type { Api } from './api.js';
import { type Finding, sortFindings } from './finding.js';
import { type Ignores, ignoresOf } from './ignores.js';
import { type InfraFile, type Model, READ_KEYS, type ReadOptions } from './model.js';
import { child, descend, entries, linesOf, type Node, type Source, textOf } from './node.js';
import { readModel } from './read/read.js';
import { RULES } from './rules/all.js';
import { wantsCors } from './rules/answers.js';
import type { Draft, Rule, Scope } from './rules/rule.js';

/** What templates are compared with, and how other files are found. */
export interface LintOptions extends ReadOptions {
  /**
   * What the templates are compared with, and a sign that every route is for pages of other origins. Default: nothing,
   * and what needs it is not looked for.
   */
  readonly policy?: CorsPolicy | CompiledPolicy | undefined;
  /** The version of the only template that is deployed: what has changed since then must get a new deployment. */
  readonly base?: InfraFile | undefined;
}

/**
 * What browsers will refuse, or API Gateway and CloudFormation will, in templates: SAM, CloudFormation, OpenAPI with
 * API Gateway's extensions; YAML or JSON. Nothing is read or fetched but through `read`, and what is not known before
 * a deployment is not guessed about: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 *
 * @param files A template that includes another file, and that file, may both be given.
 * @param options A policy to compare with, and how other files are found. Default: nothing is at hand.
 * @returns By file, from top to bottom; none where a template has no sign of CORS and there is no policy.
 * @throws {TemplateError} For a file that is not YAML or JSON, or too large, in one line.
 * @throws {CorsPolicyError} For a faulty policy.
 * @example
 * const text = readFileSync('template.yaml', 'utf8')
 * for (const { line, code, message, remedy } of lint([{ path: 'template.yaml', text }])) {
 *   console.log(`${line}: ${code} ${message}; ${remedy}`)
 * }
 */
export function lint(files: readonly InfraFile[], options: LintOptions = {}): readonly Finding[] {
  checkKeys('lint', options, ['policy', 'base', ...READ_KEYS], 'lint(files, { policy })');
  const { policy, base, read } = options;
  const compiled = policy === undefined ? undefined : compilePolicy(policy as CorsPolicy);
  const deployed = base === undefined ? undefined : readModel([base], { read });
  return lintModel(readModel(files, { read }), { policy: compiled, base: deployed, read });
}

interface ModelOptions extends ReadOptions {
  readonly policy: CompiledPolicy | undefined;
  readonly base: Model | undefined;
}

/** The same for files that have been read. */
export function lintModel(model: Model, options: ModelOptions): readonly Finding[] {
  const ignores = new Map<Source, Ignores>(model.files.map(({ document }) => [document.source, ignoresOf(document)]));
  const found = new Map<string, Finding>();
  for (const api of judgedApis(model.apis, options.policy)) {
    const scope = scopeOf(api, model, options);
    for (const rule of RULES) {
      for (const draft of rule.check(scope)) {
        const finding = toFinding(rule, draft);
        if (api.ignores.includes(rule.code) || ignores.get(draft.place.source)?.(rule.code, draft.place)) continue;
        // Settings in Globals are found once for each API.
        const { file, line, column, message } = finding;
        const key = JSON.stringify([rule.code, file, line, column, message]);
        if (!found.has(key)) found.set(key, finding);
      }
    }
  }
  return sortFindings(
    [...found.values()],
    model.files.map(({ document }) => document.source.path),
  );
}

/** Without any sign of CORS, and a policy is one, nothing is said; nor of a document by itself that a template includes. */
function judgedApis(apis: readonly Api[], policy: CompiledPolicy | undefined): readonly Api[] {
  const isWanted = (api: Api): boolean => policy !== undefined || wantsCors(api);
  const included = new Set(
    apis.filter(({ fragment }) => !fragment).flatMap(({ routes }) => routes.map(({ key }) => key.source.path)),
  );
  return apis.filter((api) => isWanted(api) && !(api.fragment && included.has(api.key.source.path)));
}

function scopeOf(api: Api, model: Model, { policy, base, read }: ModelOptions): Scope {
  let usesWrapper: boolean | undefined;
  return {
    api,
    apis: model.apis,
    policy,
    base: base?.apis.find(({ id, kind }) => id === api.id && kind === api.kind),
    rootOf: ({ source }) =>
      model.files.find(({ document }) => document.source === source)?.document.root.place ?? api.key,
    signedByCloudFront: api.kind === 'url' && model.files.some(({ document }) => hasSigner(document.root)),
    get usesWrapper() {
      usesWrapper ??= dependsOnWrapper(api.key.source.path, read);
      return usesWrapper;
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originaccesscontrol.html */
function hasSigner(root: Node): boolean {
  return entries(child(root, 'Resources')).some(
    ({ value }) =>
      textOf(child(value, 'Type')) === 'AWS::CloudFront::OriginAccessControl' &&
      textOf(descend(value, 'Properties', 'OriginAccessControlConfig', 'OriginAccessControlOriginType')) === 'lambda',
  );
}

/** Whether the package.json in the folder of a file, or in one above it, has lambda-cors among its dependencies. */
function dependsOnWrapper(path: string, read: ReadOptions['read']): boolean {
  const folders = path.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const text = read?.([...folders.slice(0, depth), 'package.json'].join('/'));
    if (text !== undefined) return namesWrapper(text);
  }
  return false;
}

/** Among devDependencies it may be there for its command only. */
function namesWrapper(text: string): boolean {
  try {
    const { dependencies } = JSON.parse(text.replace(/^\uFEFF/, '')) as { readonly dependencies?: unknown };
    return typeof dependencies === 'object' && dependencies !== null && 'lambda-cors' in dependencies;
  } catch {
    return false;
  }
}

function toFinding({ code, severity }: Rule, draft: Draft): Finding {
  const { place } = draft;
  const [message, remedy] = [printable(draft.message), printable(draft.remedy)];
  const { line, column, endLine } = linesOf(place);
  return {
    code,
    severity: draft.severity ?? severity,
    file: place.source.path,
    line,
    column,
    endLine,
    message,
    remedy,
  };
}
