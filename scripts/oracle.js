// `npm run oracle -- --cases 10000 --seed N`: compares src/browser/ with a real browser. The code is in tests/oracle/.
import { importBundled } from './import-bundled.js';

const { main } = await importBundled('tests/oracle/main.ts');
process.exitCode = await main(process.argv.slice(2));
