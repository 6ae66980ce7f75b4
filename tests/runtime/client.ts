// AWS's own runtime client compiles native code, so it is not a dependency: it is installed separately, and
// AWS_LAMBDA_RIC names the folder that has its node_modules.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RuntimeClient {
  readonly version: string;
  readonly major: 3 | 4;
  /** What Node.js is started with. */
  readonly path: string;
}

export const nodeMajor = Number(process.versions.node.split('.')[0]);

const found = find();

/** Why the suite is left out; `undefined` if it is not. */
export const leftOut: string | undefined = typeof found === 'string' ? found : undefined;

/** Only for tests that are not left out. */
export const client = found as RuntimeClient;

function find(): RuntimeClient | string {
  const { AWS_LAMBDA_RIC: folder } = process.env;
  if (folder === undefined) return 'AWS_LAMBDA_RIC names no folder with aws-lambda-ric in it';
  if (nodeMajor < 22) return `this is Node.js ${process.versions.node}, and Lambda runs 22 and later`;
  const root = join(folder, 'node_modules/aws-lambda-ric');
  if (!existsSync(root)) return `AWS_LAMBDA_RIC is ${folder}, which has no node_modules/aws-lambda-ric`;
  const { version, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly bin: { readonly 'aws-lambda-ric': string };
  };
  return { version, major: version.startsWith('3.') ? 3 : 4, path: join(root, bin['aws-lambda-ric']) };
}
