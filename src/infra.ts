export type * from './infra/api.js';
export type { InfraFile, Model, ModelFile, ReadOptions } from './infra/model.js';
export { type Lines, linesOf, type Node, type Place, type Scalar, type Source } from './infra/node.js';
export { readApis } from './infra/read/read-apis.js';
export { TemplateError } from './infra/template-error.js';
export type { Absent, Choice, Hole, Known, Unknown, Value, World, Written } from './infra/value.js';
