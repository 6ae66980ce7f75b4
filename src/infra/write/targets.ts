import { cdk } from './cdk.js';
import { cdkHttp } from './cdk-http.js';
import { cloudFormation } from './cloudformation.js';
import { functionUrl } from './function-url.js';
import { headers } from './headers.js';
import { openApi } from './openapi.js';
import { openApiHttp } from './openapi-http.js';
import type { Target } from './output.js';
import { sam } from './sam.js';
import { samHttp } from './sam-http.js';
import { serverless } from './serverless.js';
import { serverlessHttp } from './serverless-http.js';
import { terraform } from './terraform.js';

/** What `generate` writes for. */
export type TargetName =
  | 'headers'
  | 'sam'
  | 'sam-http'
  | 'function-url'
  | 'cloudformation'
  | 'openapi'
  | 'openapi-http'
  | 'cdk'
  | 'cdk-http'
  | 'serverless'
  | 'serverless-http'
  | 'terraform';

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  headers,
  sam,
  'sam-http': samHttp,
  'function-url': functionUrl,
  cloudformation: cloudFormation,
  openapi: openApi,
  'openapi-http': openApiHttp,
  cdk,
  'cdk-http': cdkHttp,
  serverless,
  'serverless-http': serverlessHttp,
  terraform,
};

/** Every target of `generate`. */
export const TARGET_NAMES = Object.freeze(Object.keys(TARGETS)) as readonly TargetName[];
