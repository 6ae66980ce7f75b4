// Run in a process of its own: loads the module named on the command line and prints the nanoseconds it took.
import { pathToFileURL } from 'node:url';

const url = pathToFileURL(process.argv[2]).href;
const begin = process.hrtime.bigint();
await import(url);
process.stdout.write(String(process.hrtime.bigint() - begin));
