import { checkKeys } from '../../core/options.js';
import type { ApiGatewayClient, FullClient } from './client.js';
import type { Plan } from './plan-live.js';
import type { Step } from './step.js';
import { isSame, type State } from './thing.js';
import { hasParts, readThing, writeThing } from './write-live.js';

/** Who is told of each step, and what ends it. */
export interface ApplyOptions {
  /** Called before and after each step. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops between two steps. */
  readonly signal?: { readonly aborted: boolean } | undefined;
}

/** How far a plan has been carried out. */
export interface Progress {
  /** The step that is about to be done, or has been done. */
  readonly step: Step;
  /** Which one it is, from 1. */
  readonly number: number;
  /** How many there are. */
  readonly total: number;
  /** `there`: it is already as it is to be. */
  readonly state: 'writing' | 'written' | 'there';
}

/** How far it went. */
export interface Applied {
  /** The steps that are done. */
  readonly done: readonly Step[];
  /** The steps that are left, in their order. */
  readonly left: readonly Step[];
  /** Why it stopped before the first of those that are left. */
  readonly stopped?: Stop;
}

/** Why a plan was not carried out to its end. */
export type Stop =
  /** Somebody else has changed it since the plan was made; `found` is what is there. */
  | { readonly why: 'changed'; readonly step: Step; readonly found: Readonly<Record<string, unknown>> | undefined }
  | { readonly why: 'failed'; readonly step: Step; readonly error: unknown }
  | { readonly why: 'interrupted' };

/**
 * Carries out a plan, one call after the other. Reads each thing again before it is written, and stops where it is not as
 * the plan found it. What is as it is to be is left alone, so the same plan can be applied once more after a failure. Waits
 * and tries again where API Gateway takes no more calls. Deploys nothing.
 *
 * @param client `new APIGateway({ region })` of `@aws-sdk/client-api-gateway`.
 * @param plan As `planApi` or `undoOf` has made it.
 * @param options Who is told of each step, and what ends it.
 * @returns How far it went; it does not throw.
 * @example
 * const plan = planApi(await readApi(client, 'a1b2c3d4e5'), { allowOrigins: 'https://app.example.com' })
 * const { left, stopped } = await applyPlan(client, plan, {
 *   onProgress: ({ number, total }) => console.log(`${number} of ${total}`),
 * })
 * if (stopped !== undefined) console.log(stopped.why, left.length)
 */
export async function applyPlan(client: ApiGatewayClient, plan: Plan, options: ApplyOptions = {}): Promise<Applied> {
  checkKeys('applyPlan', options, ['onProgress', 'signal'], 'applyPlan(client, plan, { signal })');
  const { restApiId, steps } = plan;
  const { onProgress, signal } = options;
  const full = client as FullClient;
  for (const [at, step] of steps.entries()) {
    const progress = { step, number: at + 1, total: steps.length };
    const stop = (stopped: Stop): Applied => ({ done: steps.slice(0, at), left: steps.slice(at), stopped });
    if (signal?.aborted) return stop({ why: 'interrupted' });
    try {
      const found = await readThing(full, restApiId, step.thing);
      const isThere = isSame(found, step.after);
      if ((isThere || isSame(found, step.before)) && (await isOfOthers(full, plan, step, found))) {
        return stop({ why: 'changed', step, found });
      }
      if (isThere) {
        onProgress?.({ ...progress, state: 'there' });
        continue;
      }
      if (!isSame(found, step.before)) return stop({ why: 'changed', step, found });
      onProgress?.({ ...progress, state: 'writing' });
      await write(full, restApiId, step);
      onProgress?.({ ...progress, state: 'written' });
    } catch (error) {
      return stop({ why: 'failed', step, error });
    }
  }
  return { done: steps, left: [] };
}

/** A method takes all that it has with it, and alone does not show whose it is: whether it has what no plan gave it. */
async function isOfOthers(
  client: FullClient,
  { restApiId, steps }: Plan,
  { thing, before, after }: Step,
  found: State | undefined,
): Promise<boolean> {
  if (thing.kind !== 'method' || found === undefined || (before !== undefined && after !== undefined)) return false;
  if (after === undefined) return hasParts(client, restApiId, thing);
  const { resourceId, method } = thing;
  const integration = steps.find(
    (step) => step.thing.kind === 'integration' && step.thing.resourceId === resourceId && step.thing.method === method,
  );
  if (integration === undefined) return false;
  const state = await readThing(client, restApiId, integration.thing);
  return state !== undefined && !isSame(state, integration.after);
}

/** An answer that was lost on the way makes the next try fail, although the first one was carried out. */
async function write(client: FullClient, restApiId: string, step: Step): Promise<void> {
  try {
    await writeThing(client, restApiId, step);
  } catch (error) {
    const found = await readThing(client, restApiId, step.thing).catch(() => step.before);
    if (!isSame(found, step.after)) throw error;
  }
}
