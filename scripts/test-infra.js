// `node scripts/test-infra.js FOLDER`: what `generate` writes, given to the tools that it is for, which .ci/infra has put
// into FOLDER. To be run where nobody else is on the network: LocalStack listens on every address.
import { pathToFileURL } from 'node:url';
import { importBundled, root } from './import-bundled.js';

process.env.LAMBDA_CORS_ROOT = pathToFileURL(root).href;
const { main } = await importBundled('tests/infra/real/main.ts');
process.exitCode = (await main(process.argv[2])) ? 0 : 1;
