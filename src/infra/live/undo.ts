import type { Plan } from './plan-live.js';
import { stepOf } from './step.js';

/**
 * The plan that takes a plan back, last step first. `applyPlan` carries it out like any other.
 *
 * @param plan A plan, or what was saved of it as JSON; of one that was applied in part, too.
 * @example
 * const plan = planApi(await readApi(client, 'a1b2c3d4e5'))
 * await applyPlan(client, plan)
 * await applyPlan(client, undoOf(plan))
 */
export function undoOf(plan: Pick<Plan, 'restApiId' | 'steps'>): Plan {
  const { restApiId, steps } = plan;
  const back = [...steps].reverse().map(({ thing, before, after }) => stepOf(thing, after, before));
  return { restApiId, steps: back, changes: [], notes: [] };
}

const KINDS = ['method', 'integration', 'method response', 'integration response', 'gateway response'];

/** Whether a value from a file has the steps of a plan: what it has was not written by this program for certain. */
export function isPlanned(value: unknown): value is Pick<Plan, 'restApiId' | 'steps'> {
  const { restApiId, steps } = mapOf(value) ?? {};
  return typeof restApiId === 'string' && Array.isArray(steps) && steps.every(isStep);
}

function isStep(value: unknown): boolean {
  const { thing, before, after } = mapOf(value) ?? {};
  const isState = (state: unknown) => state === undefined || mapOf(state) !== undefined;
  return isThing(thing) && isState(before) && isState(after) && (before !== undefined || after !== undefined);
}

function isThing(value: unknown): boolean {
  const thing = mapOf(value) ?? {};
  const { kind } = thing;
  if (typeof kind !== 'string' || !KINDS.includes(kind)) return false;
  const names =
    kind === 'gateway response'
      ? ['type']
      : ['resourceId', 'path', 'method', ...(kind.endsWith('response') ? ['status'] : [])];
  return names.every((name) => typeof thing[name] === 'string' && thing[name] !== '');
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
