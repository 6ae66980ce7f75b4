// A process for one cold start: loads a function and asks it once. Prints the nanoseconds of both, and those of the
// processor for the two together, on all its threads.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { followingArguments } from './contexts.js';

const [, , file, eventFile] = process.argv;
const url = pathToFileURL(file).href;
const event = JSON.parse(readFileSync(eventFile, 'utf8'));
const following = followingArguments();

const before = process.cpuUsage();
const begin = process.hrtime.bigint();
const { handler } = await import(url);
const imported = process.hrtime.bigint();
await handler?.(event, ...following);
const answered = process.hrtime.bigint();
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify([...[imported - begin, answered - imported].map(Number), (user + system) * 1000]));
