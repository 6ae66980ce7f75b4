export type * from './infra/api.js';
export { type JudgeOptions, judge, type Verdict } from './infra/judge.js';
export type { InfraFile, ReadOptions } from './infra/model.js';
export { type Lines, linesOf, type Node, type Place, type Scalar, type Source } from './infra/node.js';
export type { Outcome } from './infra/play/outcome.js';
export { readApis } from './infra/read/read-apis.js';
export { TemplateError } from './infra/template-error.js';
export type { Absent, Choice, Hole, Known, Unknown, Value, World, Written } from './infra/value.js';
