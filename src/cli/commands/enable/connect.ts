import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FullClient } from '../../../infra/live/client.js';
import { misuse } from '../../input/misuse.js';
import { awsMisuse } from './aws-fault.js';

export interface Connection {
  readonly client: FullClient;
  readonly region: string;
}

const CLIENT = '@aws-sdk/client-api-gateway';

/** A client of API Gateway with a region and credentials. */
export async function connect(region: string | undefined): Promise<Connection> {
  const { APIGateway } = await load();
  const client = new APIGateway({ ...(region !== undefined && { region }) });
  try {
    const resolved = await client.config.region();
    await client.config.credentials();
    return { client, region: resolved };
  } catch (error) {
    throw awsMisuse(error);
  }
}

type Sdk = typeof import('@aws-sdk/client-api-gateway');

/** Beside the command, or where it is run: a command that is installed for all projects has none beside it. */
async function load(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-api-gateway');
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    const path = createRequire(join(process.cwd(), 'package.json')).resolve(CLIENT);
    const found = (await import(pathToFileURL(path).href)) as Sdk & { readonly default?: Sdk };
    return found.default ?? found;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw misuse(`${CLIENT} is missing; install it: npm install --save-dev ${CLIENT}`);
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as { readonly code?: string };
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
