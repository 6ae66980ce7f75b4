// What each entry exports, as API Extractor sees it.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { toTsdoc } from './tsdoc.js';

/** Each entry, the name of its page and report, and its declarations. */
export const DOORS = [
  { door: 'lambda-cors', name: 'lambda-cors', file: 'index.d.ts' },
  ...['middy', 'streaming', 'gateway', 'browser', 'infra'].map((name) => ({
    door: `lambda-cors/${name}`,
    name,
    file: `${name}.d.ts`,
  })),
];

/** What is internal is not in the declarations, so nothing needs to be marked as public. */
const IGNORED = new Set(['ae-missing-release-tag']);

/**
 * What no entry exports, although its types need it: `Sound` is what the compiler refuses in a policy, and for people
 * says no more than `CorsPolicy`; `Undeclared` is `unknown`.
 */
const HIDDEN = ['Sound', 'Undeclared'];

/**
 * @param {string} declarations The folder of the declarations.
 * @param {string} work A folder for what is made on the way.
 * @returns The report of each entry by its file name, and the folder of the models that API Documenter reads.
 * @throws Where a name has no documentation, or a type is reached that is not exported.
 */
export function extract(declarations, work) {
  const [source, models, temp] = ['source', 'models', 'temp'].map((name) => join(work, name));
  for (const folder of [source, models, temp]) mkdirSync(folder);
  copyDeclarations(declarations, source);
  const faults = [];
  const reports = DOORS.map(({ door, name, file }) => {
    const config = configOf(name, file, { source, models, temp });
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback(message) {
        message.handled = true;
        const { messageId, text, sourceFilePath = '', sourceFileLine } = message;
        if (message.category === 'console' || IGNORED.has(messageId)) return;
        if (HIDDEN.some((name) => text.startsWith(`The symbol "${name}" `))) return;
        faults.push(`${door}: ${sourceFilePath.replace(`${source}/`, '')}:${sourceFileLine} ${messageId} ${text}`);
      },
    });
    const report = readFileSync(join(models, `${name}.api.md`), 'utf8');
    return [`${name}.api.md`, report.replace(`"@lambda-cors/${name}"`, `"${door}"`)];
  });
  if (faults.length > 0) throw new Error(`${faults.length} faults of the public types:\n${faults.join('\n')}`);
  return { reports, models };
}

function configOf(name, file, { source, models, temp }) {
  // One package has one entry there.
  const packageJson = { name: `@lambda-cors/${name}`, version: '0.0.0', type: 'module' };
  const packageJsonFullPath = join(source, 'package.json');
  writeFileSync(packageJsonFullPath, JSON.stringify(packageJson));
  const entry = join(source, file);
  return ExtractorConfig.prepare({
    packageJson,
    packageJsonFullPath,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: source,
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: { target: 'ES2022', lib: ['ES2022'], module: 'NodeNext', types: [], strict: true },
          files: [entry],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: models,
        reportTempFolder: temp,
      },
      docModel: { enabled: true, apiJsonFilePath: join(models, `${name}.api.json`) },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
  });
}

function copyDeclarations(from, to) {
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.js') });
  for (const path of readdirSync(to, { recursive: true })) {
    if (!path.endsWith('.d.ts')) continue;
    writeFileSync(join(to, path), toTsdoc(readFileSync(join(to, path), 'utf8')));
  }
}
