import { misuse } from '../../input/misuse.js';
import { enableFile } from './document.js';
import { enableLive } from './live.js';
import type { EnableFileOptions, EnableLiveOptions } from './options.js';

type EnableCommandOptions = EnableFileOptions & EnableLiveOptions;

const LIVE_ONLY = ['region', 'stage', 'invokeUrl'] as const;

/** CORS for a document, or for a REST API that runs. Returns the exit status. */
export async function enable(file: string | undefined, options: EnableCommandOptions): Promise<number> {
  const isLive = options.restApiId !== undefined || options.undo !== undefined;
  if (file !== undefined && isLive) {
    throw misuse('a file and an API are given; name either a file, or an API with --rest-api-id or --undo');
  }
  if (isLive) {
    if (options.json) throw misuse('--json is for files; leave it out');
    return enableLive(options);
  }
  const option = LIVE_ONLY.find((name) => options[name] !== undefined);
  if (option !== undefined) {
    throw misuse(`--${option === 'invokeUrl' ? 'invoke-url' : option} is for --rest-api-id; add that, or leave it out`);
  }
  if (file === undefined) {
    throw misuse(
      "missing required argument 'file'; write lambda-cors enable template.yaml, or --rest-api-id for an API that runs",
    );
  }
  return enableFile(file, options);
}
