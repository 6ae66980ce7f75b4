import { type EnableFileOptions, enableFile } from './enable-document.js';
import { misuse } from './misuse.js';

export type EnableCommandOptions = EnableFileOptions;

/** CORS for a document. Returns the exit status. */
export async function enable(file: string | undefined, options: EnableCommandOptions): Promise<number> {
  if (file === undefined) throw misuse('FILE is missing; write lambda-cors enable template.yaml');
  return enableFile(file, options);
}
