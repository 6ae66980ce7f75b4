// The licences of the libraries in a bundle, as comments for its end.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {import('esbuild').Metafile} metafile */
export function licencesOf(metafile) {
  const libraries = new Set(
    Object.keys(metafile.inputs).flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
  return [...libraries].sort().map(licenceOf).join('');
}

function licenceOf(library) {
  const folder = `${root}node_modules/${library}`;
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${library} has no licence`);
  const text = readFileSync(`${folder}/${file}`, 'utf8').trim().replaceAll('*/', '* /');
  return `\n/*!\nBundled: ${library}\n\n${text}\n*/\n`;
}
