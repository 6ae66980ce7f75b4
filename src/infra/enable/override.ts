import { originOverride } from '../play/overrides.js';

/** What `generate` and `enable` put into a template, whatever the origins. */
const OWN =
  /#set\(\$allowed = ""\)\n#foreach\(\$name in \["origin", "Origin"\]\)\n[\s\S]*?#set\(\$context\.responseOverride\.header\.Access-Control-Allow-Origin = \$allowed\)\n#end\n?/;

/**
 * A template with the origins chosen as they are to be; `undefined` where something else in it sets the header, which
 * may be done only once.
 *
 * @param wanted The Velocity that chooses; `undefined` where the header is static.
 */
export function withOverride(template: string, wanted: string | undefined): string | undefined {
  if (wanted !== undefined && template.includes(wanted.trimEnd())) return template;
  const [own] = OWN.exec(template) ?? [];
  if (own !== undefined) return template.replace(own, () => wanted ?? '');
  const before = originOverride(template);
  if (before.kind === 'listed' && wanted !== undefined && isSame(before.origins, wanted)) return template;
  if (before.kind !== 'none') return undefined;
  if (wanted === undefined || template === '') return wanted ?? template;
  return `${template}${template.endsWith('\n') ? '' : '\n'}${wanted}`;
}

/** Whether a template that is written in another way chooses among the same origins. */
function isSame(origins: readonly string[], wanted: string): boolean {
  const override = originOverride(wanted);
  return override.kind === 'listed' && [...origins].sort().join() === [...override.origins].sort().join();
}
