import { pathToFileURL } from 'node:url';
import type { Finding, Severity } from '../../../infra/finding.js';
import { RULES } from '../../../infra/rules/all.js';
import { bold, dim, type Line, printJson, printLines, red, type Span, yellow } from '../../terminal/print.js';
import { printableText } from '../../terminal/printable.js';

export const FORMATS = ['text', 'json', 'github', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** Set when the command is bundled. */
declare const LAMBDA_CORS_VERSION: string;

export function printFindings(findings: readonly Finding[], format: Format, files: number, unjudged: number): void {
  if (format === 'json') printJson({ findings });
  else if (format === 'sarif') printJson(sarif(findings));
  else if (format === 'github') printLines(findings.map(workflowCommand));
  else printLines([...findings.flatMap(textLines), ...summary(findings, files), ...silence(unjudged)]);
}

const STYLES: Readonly<Record<Severity, (text: string) => Span>> = { error: red, warning: yellow, info: dim };

function textLines({ file, line, column, severity, code, message, remedy }: Finding): readonly Line[] {
  return [
    [bold(`${file}:${line}:${column}`), ' ', STYLES[severity](severity), ` ${code} ${message}`],
    `    to fix it: ${remedy}`,
  ];
}

function summary(findings: readonly Finding[], files: number): readonly Line[] {
  const where = files === 1 ? '1 file' : `${files} files`;
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    const noun = severity === 'info' ? 'note' : severity;
    return count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];
  });
  if (counts.length === 0) return [`Nothing found in ${where}.`];
  return ['', `${counts.join(', ')} in ${where}.`];
}

/** "Nothing found" must not sound like "all is well" where nobody has set up CORS yet. */
function silence(unjudged: number): readonly Line[] {
  if (unjudged === 0) return [];
  const [who, them] = unjudged === 1 ? ['1 API says', 'it'] : [`${unjudged} APIs say`, 'them'];
  return [
    `${who} nothing about CORS, so lint does not judge ${them}. To see what pages need, give --policy cors.json, or run lambda-cors explain --template.`,
  ];
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function workflowCommand({ file, line, column, endLine, severity, code, message, remedy }: Finding): string {
  const properties = Object.entries({ file, line, endLine, col: column, title: `lambda-cors ${code}` });
  const written = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${LEVELS[severity]} ${written}::${escapeData(`${message}; to fix it: ${remedy}`)}`;
}

/** As the runner reads it: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif(findings: readonly Finding[]): unknown {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const rules = RULES.filter(({ code }) => codes.includes(code)).map(({ code, title, text, remedy, severity }) => ({
    id: code,
    shortDescription: { text: title },
    fullDescription: { text },
    help: { text: remedy },
    defaultConfiguration: { level: SARIF_LEVELS[severity] },
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lambda-cors', version: LAMBDA_CORS_VERSION, rules } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ file, line, column, endLine, severity, code, message, remedy }) => ({
          ruleId: code,
          ruleIndex: rules.findIndex(({ id }) => id === code),
          level: SARIF_LEVELS[severity],
          message: { text: printableText(`${message}; to fix it: ${remedy}`) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(file) },
                region: { startLine: line, startColumn: column, endLine },
              },
            },
          ],
        })),
      },
    ],
  };
}

const SARIF_LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Relative to where the command runs, unless the file was named from elsewhere. */
function uriOf(file: string): string {
  return file.startsWith('/') ? pathToFileURL(file).href : file.split('/').map(encodeURIComponent).join('/');
}
