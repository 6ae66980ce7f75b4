import type { IntegrationResponse, Template } from '../method.js';
import { leaves } from '../value.js';
import { type Part, partOf } from './answers.js';

/** The texts of mapping templates as far as they are known. */
export function templateTexts(templates: readonly Template[] = []): readonly string[] {
  return templates.flatMap(({ text }) =>
    leaves(text).flatMap((leaf) => {
      if (leaf.kind === 'known') return [String(leaf.value)];
      if (leaf.kind !== 'unknown') return [];
      return [(leaf.parts ?? []).map((part) => (typeof part === 'string' ? part : '')).join('')];
    }),
  );
}

/** Whether a mapping template sets a header, or may do so because it is not known. */
export function mayOverride(response: IntegrationResponse | undefined, part: Part): boolean {
  return (
    (response?.templates ?? []).some(({ text }) =>
      leaves(text).some((leaf) => leaf.kind === 'unknown' && leaf.parts === undefined),
    ) || templateTexts(response?.templates).some((text) => overridden(text).has(part))
  );
}

/** The CORS headers that a mapping template sets. */
export function overridden(template: string): ReadonlySet<Part> {
  const names = template.matchAll(/responseOverride\.header(?:\.|\[["'])([\w-]+)/gi);
  return new Set([...names].flatMap(([, name = '']) => partOf(name) ?? []));
}
