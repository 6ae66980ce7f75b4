import type { Place } from '../node.js';

/**
 * The path of a file that another one names, both as the caller names files; or why it is not followed. Only text is
 * looked at here: whoever reads the file has to look for links that lead out of the root.
 *
 * @param root The folder that must not be left; empty for what relative paths begin in.
 */
export function includedPath(location: string, from: Place, root: string): { readonly path: string } | string {
  if (/^[A-Za-z][A-Za-z\d+.-]*:/.test(location)) return `${show(location)} is not a local file`;
  if (/^[/\\]/.test(location) || location.includes('\\') || location.includes('\0')) {
    return `${show(location)} is not a relative path`;
  }
  const base = from.source.path.replaceAll('\\', '/').split('/').slice(0, -1);
  const joined = normalized([...base, ...location.split('/')]);
  if (joined === undefined || !isWithin(joined, normalized(root.replaceAll('\\', '/').split('/')))) {
    return `${show(location)} is outside of the root`;
  }
  return { path: joined.join('/') };
}

function show(location: string): string {
  return JSON.stringify(location.slice(0, 200));
}

/** Without `.` and inner `..`; `undefined` for what climbs above `/`. */
function normalized(segments: readonly string[]): readonly string[] | undefined {
  const absolute = segments[0] === '' && segments.length > 1;
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    const last = kept.at(-1);
    if (segment !== '..') kept.push(segment);
    else if (last !== undefined && last !== '..') kept.pop();
    else if (absolute) return undefined;
    else kept.push(segment);
  }
  return absolute ? ['', ...kept] : kept;
}

function isWithin(path: readonly string[], root: readonly string[] | undefined): boolean {
  if (root === undefined || (path[0] === '') !== (root[0] === '')) return false;
  return root.every((segment, index) => path[index] === segment) && path[root.length] !== '..';
}
