export type {
  Api,
  Auth,
  Authorizer,
  CorsSetting,
  Deployment,
  Domain,
  Gap,
  GatewayResponse,
  Guard,
  HeaderMapping,
  HeaderParameter,
  Integration,
  IntegrationResponse,
  Method,
  MethodResponse,
  OptionsAnswer,
  Requirement,
  Route,
  RoutingRule,
  Setting,
  Template,
} from './infra/api.js';
export type { Change as EnableChange } from './infra/enable/editor.js';
export { type Enabled, type EnableOptions, enableDocument } from './infra/enable/enable-document.js';
export { EnableError } from './infra/enable/enable-error.js';
export type { Finding, Severity } from './infra/finding.js';
export { type JudgeOptions, judge, type Verdict } from './infra/judge.js';
export { type LintOptions, lint } from './infra/lint.js';
export type { InfraFile, ReadOptions } from './infra/model.js';
export { type Lines, linesOf, type Node, type Place, type Scalar, type Source } from './infra/node.js';
export type { Outcome } from './infra/play/outcome.js';
export { readApis } from './infra/read/read-apis.js';
export { TemplateError } from './infra/template-error.js';
export type { Absent, Choice, Hole, Known, Unknown, Value, World, Written } from './infra/value.js';
export { type Generated, type GenerateOptions, generate } from './infra/write/generate.js';
export { GenerateError } from './infra/write/generate-error.js';
export type { Format as GenerateFormat } from './infra/write/output.js';
export { TARGET_NAMES as GENERATE_TARGETS, type TargetName as GenerateTarget } from './infra/write/targets.js';
