import type { Source, TreeDocument } from '../node.js';
import { TemplateError } from '../template-error.js';
import { parseJson } from './json.js';
import { parseYaml } from './yaml.js';

/** Far above the 1 MB that CloudFormation takes, and what is read in a second or two. */
const MAX_BYTES = 5 * 1024 * 1024;

const TERRAFORM =
  'Terraform is not read; give the OpenAPI document that is its body, or take what `lambda-cors generate terraform` writes';

interface File {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads JSON or YAML as tolerantly as the tools around CloudFormation do: a BOM, any line ends, keys that come twice,
 * short tags such as `!Sub`, two indentations that the YAML specification refuses.
 *
 * @throws {TemplateError} in one line, for Terraform, and what is not readable, larger than 5 MB, or nested or repeated without end.
 */
export function readDocument({ path, text }: File): TreeDocument {
  if (text.length > MAX_BYTES) throw new TemplateError(path, 'is larger than 5 MB, more than any template may be');
  if (/\.tf(\.json)?$/i.test(path)) throw new TemplateError(path, TERRAFORM);
  const source: Source = { path, text };
  try {
    if (/^\uFEFF?\s*[{[]/.test(text)) {
      const root = parseJson(source);
      if (root !== undefined) return { source, format: 'json', root };
    }
    return { source, format: 'yaml', root: parseYaml(source) };
  } catch (error) {
    // The parsers call themselves for each level.
    if (error instanceof RangeError) throw new TemplateError(path, 'is nested too deeply');
    throw error;
  }
}
