import type { CorsPolicy } from '../../../src/index.js';
import { GENERATE_TARGETS, GenerateError, type GenerateTarget, generate } from '../../../src/infra.js';

/** Policies that differ in what gateways find hard. */
export const POLICIES: Readonly<Record<string, CorsPolicy>> = {
  everyone: {},
  one: { allowOrigins: 'https://app.example.com', allowCredentials: true, maxAge: 600 },
  exposing: { allowOrigins: 'https://app.example.com', exposeHeaders: ['ETag', 'X-Total'] },
  bare: { allowOrigins: 'https://app.example.com', allowMethods: ['GET'], allowHeaders: [] },
  // Names that YAML 1.1 takes for booleans and numbers, were they not quoted.
  odd: {
    allowOrigins: 'http://localhost:3000',
    allowMethods: ['GET', 'PATCH'],
    allowHeaders: ['No', 'y', '0x1f', '1e3'],
  },
  wild: { allowMethods: '*', allowHeaders: '*', exposeHeaders: '*', maxAge: 86400 },
  several: {
    allowOrigins: ['https://a.example', 'https://b.example', 'http://localhost:3000', 'http://[::1]:3000'],
    allowMethods: ['GET', 'PUT'],
    allowHeaders: ['Content-Type', 'Authorization'],
    exposeHeaders: ['ETag'],
    allowCredentials: true,
    maxAge: 0,
  },
};

export interface Sample {
  readonly target: GenerateTarget;
  readonly name: string;
  readonly policy: CorsPolicy;
  /** `ts` for a target that writes code. */
  readonly format: 'yaml' | 'json' | 'ts';
  readonly text: string;
}

/** What some targets make of each policy that they can express, in each of their formats. */
export function samplesOf(...targets: readonly GenerateTarget[]): readonly Sample[] {
  return targets.flatMap((target) =>
    Object.entries(POLICIES).flatMap(([name, policy]) =>
      (['yaml', 'json', 'ts'] as const).flatMap((format) => sampleOf(target, name, policy, format) ?? []),
    ),
  );
}

export function sampleOf(
  target: GenerateTarget,
  name: string,
  policy: CorsPolicy,
  format: Sample['format'],
): Sample | undefined {
  if (target.startsWith('cdk') !== (format === 'ts')) return undefined;
  try {
    return { target, name, policy, format, text: generate(policy, target, format === 'ts' ? {} : { format }).text };
  } catch (error) {
    if (error instanceof GenerateError) return undefined;
    throw error;
  }
}

/** A target that refuses every policy would have nothing to check. */
export function tooFew(): readonly string[] {
  return GENERATE_TARGETS.filter((target) => new Set(samplesOf(target).map(({ name }) => name)).size < 2);
}
