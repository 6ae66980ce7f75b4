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
export { type Applied, type ApplyOptions, applyPlan, type Progress, type Stop } from './infra/live/apply.js';
export type { ApiGatewayClient } from './infra/live/client.js';
export { type Difference, deployTo, readStage, type StageState } from './infra/live/deploy-live.js';
export { type Plan, planApi, type Step } from './infra/live/plan-live.js';
export { type LiveApi, readApi } from './infra/live/read-live.js';
export { titleOf } from './infra/live/thing.js';
export { isPlanned, undoOf } from './infra/live/undo.js';
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
