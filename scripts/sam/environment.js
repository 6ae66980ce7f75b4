import { devNull } from 'node:os';

/**
 * The environment in which `sam` runs. Nothing that AWS tools find on this machine may lead to a real account, and
 * `sam local` puts what the shell has in the place of the template's variables.
 */
export function samEnvironment(variables = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !DECLARED.has(name));
  return {
    ...Object.fromEntries(kept),
    AWS_REGION: 'eu-central-1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    SAM_CLI_TELEMETRY: '0',
    ...variables,
  };
}

const DECLARED = new Set(['ALLOWED_ORIGINS', 'TABLE_NAME', 'NODE_OPTIONS']);
