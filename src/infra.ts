/**
 * What is in front of the functions: reading templates, finding faults in them, writing policies for them and into them,
 * and the same for a REST API that runs. The functions are pure, except for those that take a client.
 *
 * @packageDocumentation
 */
export type { EngineName } from './browser/engine.js';
export type {
  CheckError,
  CorsError,
  CredentialsMode,
  HeaderLine,
  HeaderLines,
  PreflightReason,
} from './browser/types.js';
export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { CorsPolicyError, type PolicyIssue } from './core/policy-error.js';
export type {
  Api,
  Authorizer,
  CorsSetting,
  Deployment,
  Domain,
  Gap,
  GatewayResponse,
  Guard,
  OptionsAnswer,
  Route,
  RoutingRule,
  Setting,
} from './infra/api.js';
export type { Change as EnableChange } from './infra/enable/editor.js';
export { type Enabled, type EnableOptions, enableDocument } from './infra/enable/enable-document.js';
export { EnableError } from './infra/enable/enable-error.js';
export type { Selection as EnableSelection } from './infra/enable/selection.js';
export type { Finding, Severity } from './infra/finding.js';
export { type JudgeOptions, judge, type Verdict } from './infra/judge.js';
export { type LintOptions, lint } from './infra/lint.js';
export { type Applied, type ApplyOptions, applyPlan, type Progress, type Stop } from './infra/live/apply.js';
export type { ApiGatewayClient } from './infra/live/client.js';
export { type Plan, planApi } from './infra/live/plan-live.js';
export { type LiveApi, readApi } from './infra/live/read-live.js';
export type { LiveResource } from './infra/live/resource.js';
export type { Step } from './infra/live/step.js';
export type { Thing as LiveThing } from './infra/live/thing.js';
export { undoOf } from './infra/live/undo.js';
export type {
  Auth,
  HeaderMapping,
  HeaderParameter,
  Integration,
  IntegrationResponse,
  Method,
  MethodResponse,
  Requirement,
  Template,
} from './infra/method.js';
export type { InfraFile, ReadOptions } from './infra/model.js';
export { type Lines, linesOf, type Place, type Scalar, type Source } from './infra/node.js';
export type { Outcome } from './infra/play/outcome.js';
export { readApis } from './infra/read/read.js';
export { TemplateError } from './infra/template-error.js';
export type { Absent, Choice, Hole, Known, Unknown, Value, Written } from './infra/value.js';
export { type Generated, type GenerateOptions, generate } from './infra/write/generate.js';
export { GenerateError } from './infra/write/generate-error.js';
export type { Format as GenerateFormat } from './infra/write/output.js';
export { TARGET_NAMES as GENERATE_TARGETS, type TargetName as GenerateTarget } from './infra/write/targets.js';
