import { readdirSync, readFileSync } from 'node:fs';

/**
 * The whole templates that the documents show: fenced blocks of YAML with resources. Those of docs/lint are left to
 * tests/infra, because half of them are faulty on purpose.
 */
export function templatesInDocuments() {
  const documents = ['README.md', 'examples/sam/README.md', ...readdirSync('docs', { recursive: true }).map(inDocs)];
  return documents.filter((path) => path.endsWith('.md') && !path.startsWith('docs/lint/')).flatMap(templatesIn);
}

function inDocs(path) {
  return `docs/${path}`;
}

function templatesIn(path) {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/^```ya?ml\n(.*?)^```$/gms)]
    .filter(([, yaml]) => /^(AWSTemplateFormatVersion|Transform|Resources):/m.test(yaml))
    .map(({ 1: yaml, index }) => ({ title: `${path}:${text.slice(0, index).split('\n').length}`, yaml }));
}
