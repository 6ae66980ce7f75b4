import type { GatewayHandler } from '../../gateway.js';
import { isPolicyError, loadModule, type Module } from '../input/load-module.js';
import { isMisuse, misuse } from '../input/misuse.js';
import { tellingWait } from '../input/settle.js';
import { bundle, type ImportFile } from './bundle.js';
import { findEsbuild } from './esbuild.js';
import { findHandler, type HandlerPlace, handlerIn, isTypeScript } from './find.js';

/** A handler of which the code is there, and not run yet. */
interface BuiltHandler {
  /** Whose change changes it; empty where it is not watched. */
  readonly files: readonly string[];
  readonly load: () => Promise<GatewayHandler>;
}

/** Takes the handler's files as they are now. */
type HandlerBuilder = () => Promise<BuiltHandler>;

const INSTALL = 'npm install --save-dev esbuild';

/**
 * Finds out how a handler is loaded. TypeScript is bundled by the project's own esbuild, where there is one, and so is
 * everything that is watched: Node.js itself imports a file only once.
 */
export async function makeBuilder(setting: string, watched: boolean): Promise<HandlerBuilder> {
  const place = findHandler(setting);
  const esbuild = watched || isTypeScript(place.file) ? await findEsbuild(place.file) : undefined;
  if (esbuild !== undefined) {
    return async () => {
      const { files, load } = await bundle(esbuild, place);
      return { files, load: () => loadFrom(place, load) };
    };
  }
  if (watched) throw misuse(`--watch needs esbuild in your project; run ${INSTALL}`);
  if (isTypeScript(place.file) && !runsTypeScript(place.file)) {
    throw misuse(
      `${place.shown} is TypeScript, which Node.js ${process.versions.node} does not run by itself; run ${INSTALL}`,
    );
  }
  return async () => ({ files: [], load: () => loadFrom(place, (importFile) => importFile(place.file)) });
}

/** Since Node.js 22.18 without a flag. */
function runsTypeScript(file: string): boolean {
  return !file.endsWith('x') && Boolean((process.features as { readonly typescript?: unknown }).typescript);
}

async function loadFrom(
  place: HandlerPlace,
  load: (importFile: ImportFile) => Promise<Module>,
): Promise<GatewayHandler> {
  const { shown } = place;
  try {
    const imported = load((file) => loadModule(file, shown));
    return handlerIn(await tellingWait(`Importing ${shown}`, imported, LAMBDA_WAITS), place);
  } catch (error) {
    if (isPolicyError(error)) {
      throw misuse(`importing ${shown} failed because of its policy:`, error.message.trim().split(/\n\s*/));
    }
    throw isMisuse(error) ? withHint(error.message, error.issues, place) : error;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const LAMBDA_WAITS = ', which is all that Lambda gives it at first';

/** Node.js by itself runs TypeScript only if it is written for that. */
function withHint(message: string, issues: readonly string[], { file }: HandlerPlace): Error {
  const written = /TypeScript syntax|Cannot find module|ERR_MODULE_NOT_FOUND|ERR_UNSUPPORTED_DIR_IMPORT/.test(message);
  if (!isTypeScript(file) || !written || issues.length > 0) return misuse(message, issues);
  return misuse(
    `${message.replace(/; [^;]*$/, '')}; Node.js by itself runs only a part of TypeScript, so run ${INSTALL}`,
  );
}
