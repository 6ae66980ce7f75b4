import type { GatewayHandler } from '../../gateway.js';
import { misuse } from '../input/misuse.js';
import { tellingWait } from '../input/settle.js';
import { bundle } from './bundle.js';
import { findEsbuild } from './esbuild.js';
import { findHandler, type HandlerPlace, handlerIn } from './find-handler.js';
import { INSTALL_ESBUILD, isPolicyError, isTypeScript, loadModule, type Module } from './load-module.js';

/** A handler of which the code is there, and not run yet. */
interface BuiltHandler {
  /** Whose change changes it; empty where it is not watched. */
  readonly files: readonly string[];
  readonly load: () => Promise<GatewayHandler>;
}

/** Takes the handler's files as they are now. */
type HandlerBuilder = () => Promise<BuiltHandler>;

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
  if (watched) throw misuse(`--watch needs esbuild in your project; run ${INSTALL_ESBUILD}`);
  return async () => ({ files: [], load: () => loadFrom(place, () => loadModule(place.file, place.shown)) });
}

async function loadFrom(place: HandlerPlace, load: () => Promise<Module>): Promise<GatewayHandler> {
  const { shown } = place;
  try {
    return handlerIn(await tellingWait(`Importing ${shown}`, load(), LAMBDA_WAITS), place);
  } catch (error) {
    if (isPolicyError(error)) {
      throw misuse(`importing ${shown} failed because of its policy:`, error.message.trim().split(/\n\s*/));
    }
    throw error;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const LAMBDA_WAITS = ', which is all that Lambda gives it at first';
