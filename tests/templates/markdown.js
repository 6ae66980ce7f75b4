import { blocksOf, PAGES } from '../docs/blocks.js';

/**
 * The whole templates that the documents show: fenced blocks of YAML with resources. Those of docs/lint are left to
 * tests/infra, because half of them are faulty on purpose, and so is what is called faulty.
 */
export function templatesInDocuments() {
  return [...PAGES, 'examples/sam/README.md']
    .filter((page) => !page.startsWith('docs/lint/'))
    .flatMap((page) => blocksOf(page))
    .filter(({ language, file }) => /^ya?ml$/.test(language) && !file?.startsWith('faulty'))
    .filter(({ text }) => /^(AWSTemplateFormatVersion|Transform|Resources):/m.test(text))
    .map(({ name, text }) => ({ title: name, yaml: text }));
}
