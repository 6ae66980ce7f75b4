// Leaves out what only the pages in docs/lint say of a rule. It stands beside the rule, and would be in the package twice.
import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

const RULES = /src[\\/]infra[\\/]rules[\\/].+\.ts$/;
const PAGE_TEXTS = new Set(['text', 'says', 'guard', 'remedy', 'see']);

/** A plugin of esbuild. */
export const leaveOutPageTexts = {
  name: 'leave-out-page-texts',
  setup({ onLoad }) {
    onLoad({ filter: RULES }, ({ path }) => ({ contents: withoutTexts(path), loader: 'ts' }));
  },
};

function withoutTexts(path) {
  const text = readFileSync(path, 'utf8');
  const { program } = parseSync(path, text);
  const texts = program.body.flatMap(rulesIn).flatMap(({ properties }) => properties.filter(isPageText));
  // From the end, so that places stay right; an empty spread keeps the comma.
  return texts.reduceRight((rest, { start, end }) => `${rest.slice(0, start)}...{}${rest.slice(end)}`, text);
}

/** What is declared as `const LC101: Rule = { … }`. */
function rulesIn({ declaration }) {
  const declared = declaration?.type === 'VariableDeclaration' ? declaration.declarations : [];
  const rules = declared.filter(({ id }) => id.typeAnnotation?.typeAnnotation.typeName?.name === 'Rule');
  return rules.map(({ init }) => init);
}

function isPageText({ key }) {
  return PAGE_TEXTS.has(key?.name);
}
