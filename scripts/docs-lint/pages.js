// A page for each rule, made of what the rule itself says and of what it finds in its templates.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { structuredPatch } from 'diff';

const templates = fileURLToPath(new URL('../../tests/infra/templates/', import.meta.url));

/** The files that some templates need beside them, and what they are. */
const BESIDE = {
  'policy.json': 'With `--policy policy.json`:',
  'base.yaml': 'With `--base base.yaml`, the version that is deployed:',
  'package.json': 'With this `package.json` beside it:',
};

/** @returns Names of files in docs/lint, and their texts. */
export function makePages(rules, lint) {
  return new Map([['README.md', index(rules)], ...rules.map((rule) => [`${rule.code}.md`, page(rule, lint)])]);
}

function index(rules) {
  const rows = rules.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${prose(title)} |`);
  return `# What \`lambda-cors lint\` looks for

\`lambda-cors lint FILE…\` finds in templates what browsers will refuse, or the deployment, before it is deployed: SAM,
CloudFormation, and OpenAPI with API Gateway's extensions, as YAML or JSON. What is not known before a deployment is not
guessed about. An API without any sign of CORS is not judged unless \`--policy\` says what pages need.

An error is refused by browsers, or not deployed. A warning is refused under a condition that the message names. Notes
(info) are worth knowing. \`--fail-on error|warning|info\` says from which on the exit status is 1.

To hear nothing of a code, write \`# lambda-cors-ignore LC202\` on the line or above it, or, in JSON too, \`Metadata:
{ lambda-cors: { ignore: [LC202] } }\` at the resource or the template.

| code | is | fault |
|---|---|---|
${rows.join('\n')}

These pages are made by \`npm run docs:lint\`, of what the rules themselves say.
`;
}

function page(rule, lint) {
  const { code, severity } = rule;
  const [title, text, says, guard, remedy, see] = [
    rule.title,
    rule.text,
    rule.says,
    rule.guard,
    rule.remedy,
    rule.see,
  ].map(prose);
  const isNote = severity === 'info';
  return `# ${code}: ${title}

${text}

**What the browser says**${isNote ? ' (this is a note)' : ''}: ${capital(says)}

**To fix it**: ${remedy}

**To see it**: ${see}

**When nothing is said**: ${guard} \`# lambda-cors-ignore ${code}\` on the line, or above it, switches it off there.

## A template with the fault
${template(rule, 'fails.yaml')}
${fence('', findings(rule, lint))}

## What to change
${change(rule)}
`;
}

function template({ code }, name) {
  const beside = Object.entries(BESIDE)
    .filter(([file]) => existsSync(`${templates}${code}/${file}`))
    .map(([file, sentence]) => `\n${sentence}\n${fence(file.endsWith('.json') ? 'json' : 'yaml', read(code, file))}`);
  return `${fence('yaml', read(code, name))}${beside.join('\n')}`;
}

/** From the template with the fault to the same without, with the lines around what changes. */
function change({ code }) {
  const { hunks } = structuredPatch('', '', read(code, 'fails.yaml'), read(code, 'passes.yaml'), '', '', {
    context: 2,
  });
  return fence('diff', hunks.map(({ lines }) => `${lines.join('\n')}\n`).join('…\n'));
}

function findings({ code }, lint) {
  const has = (name) => existsSync(`${templates}${code}/${name}`);
  const found = lint([{ path: 'template.yaml', text: read(code, 'fails.yaml') }], {
    ...(has('policy.json') && { policy: JSON.parse(read(code, 'policy.json')) }),
    ...(has('base.yaml') && { base: { path: 'template.yaml', text: read(code, 'base.yaml') } }),
    read: (path) => (has(path) ? read(code, path) : undefined),
  });
  return found
    .filter((finding) => finding.code === code)
    .map(
      ({ file, line, column, severity, message, remedy }) =>
        `${file}:${line}:${column} ${severity} ${code} ${message}\n    to fix it: ${remedy}\n`,
    )
    .join('');
}

function read(code, name) {
  return readFileSync(`${templates}${code}/${name}`, 'utf8');
}

function fence(language, text) {
  return `\`\`\`${language}\n${text}\`\`\``;
}

/** Asterisks are what they are, outside of code. */
function prose(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('*', '\\*')))
    .join('');
}

function capital(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
