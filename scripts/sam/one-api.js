import { readFileSync, writeFileSync } from 'node:fs';

/**
 * `sam local start-api` serves every API of a template at one address, and both of ours take every path. This writes
 * the built template again without one function, and so without the routes to it.
 */
export function withoutFunction(name) {
  const built = readFileSync('.aws-sam/build/template.yaml', 'utf8');
  const rest = built.replace(new RegExp(`^ {2}${name}:\\n(?: {3,}.*\\n)*`, 'm'), '');
  if (rest === built) throw new Error(`there is no ${name} in the built template`);
  const path = `.aws-sam/build/without-${name}.yaml`;
  writeFileSync(path, rest);
  return path;
}
