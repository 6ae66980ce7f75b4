/**
 * What the Serverless Framework makes of the services in docs/migrating.md, as files: to package them takes minutes to
 * install and seconds to run. `.ci/infra` packages them, and compares.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Bundled, as .ci/infra runs it, this file is elsewhere.
const root = fileURLToPath(new URL(process.env.LAMBDA_CORS_ROOT ?? '../../..', import.meta.url));

export const PACKAGED = 'tests/docs/migrating/packaged';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** The resources of the API, without the deployment, whose name changes with the time. */
export function apiPart(template: string): Template {
  const { Resources } = JSON.parse(template) as Template;
  const part = Object.entries(Resources).filter(([, { Type }]) => /^AWS::ApiGateway(?!::Deployment)/.test(Type));
  return { Resources: Object.fromEntries(part) };
}

/** @param service The name of its block, such as `serverless.yml`. */
export function packagedOf(service: string): string {
  return readFileSync(join(root, PACKAGED, service.replace('.yml', '.json')), 'utf8');
}
