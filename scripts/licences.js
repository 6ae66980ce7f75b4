// The licences of the libraries in a bundle, as comments for its end.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What libraries hold of others, which their own licence does not name. */
const HELD = {
  tldts:
    'It holds the Public Suffix List, https://publicsuffix.org/list/, under the Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/.',
};

/** @param {import('esbuild').Metafile} metafile */
export function licencesOf(metafile) {
  return librariesOf(metafile).map(licenceOf).join('');
}

/** @param {import('esbuild').Metafile} metafile */
export function librariesOf(metafile) {
  const libraries = new Set(
    Object.keys(metafile.inputs).flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
  return [...libraries].sort();
}

function licenceOf(library) {
  const folder = `${root}node_modules/${library}`;
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${library} has no licence`);
  const text = readFileSync(`${folder}/${file}`, 'utf8').trim().replaceAll('*/', '* /');
  const held = HELD[library] === undefined ? '' : `\n\n${HELD[library]}`;
  return `\n/*!\nBundled: ${library}\n\n${text}${held}\n*/\n`;
}
