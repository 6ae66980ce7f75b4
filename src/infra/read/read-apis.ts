import { checkKeys } from '../../core/options.js';
import type { Api } from '../api.js';
import { type InfraFile, READ_KEYS, type ReadOptions } from '../model.js';
import { readModel } from './read.js';

/**
 * The APIs that SAM and CloudFormation templates and OpenAPI documents describe, reduced to what CORS depends on: what
 * answers OPTIONS, what each response carries, what the gateway's own errors carry, who must authenticate. What is
 * known only when it is deployed stays `unknown`. Pure: other files are asked for through `read`.
 *
 * @param files The files, with their texts.
 * @param options How other files are found that a template names. Default: nothing is at hand.
 * @throws {TemplateError} For a file that is not readable, or is neither a template nor an OpenAPI document.
 * @example
 * const [api] = readApis([{ path: 'template.yaml', text }])
 * api?.routes.map(({ path, options }) => [path, options.by]) // [['/notes', 'method'], …]
 */
export function readApis(files: readonly InfraFile[], options: ReadOptions = {}): readonly Api[] {
  checkKeys('readApis', options, READ_KEYS, 'readApis(files, { read })');
  return readModel(files, options).apis;
}
