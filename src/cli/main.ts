import { CommanderError } from 'commander';
import { watchBackground, watchEnd } from './input/background.js';
import { isMisuse } from './input/misuse.js';
import { faultText } from './input/thrown.js';
import { makeProgram } from './program.js';
import { keepStandardOutput, type Line, printJson, printLines, red, standardOutput } from './terminal/print.js';

const MISUSE = 2;

/** The command: prints, then exits with the status. */
export async function main(args: readonly string[]): Promise<void> {
  const serves = args[0] === 'serve';
  const json = wantsJson(args);
  watchPipes(serves);
  tellWarnings(serves);
  // What a handler prints is a part of what `serve` shows.
  if (json || !serves) keepStandardOutput();
  let isFinished = false;
  watchEnd(
    () => isFinished,
    (error) => {
      process.exitCode = report(error, args, json);
    },
  );
  const failed = new Promise<never>((_, reject) => {
    watchBackground((error) => {
      // Its output is there already: JSON, perhaps.
      if (isFinished) process.exit(report(error, args, false));
      reject(error);
    });
  });
  const status = await Promise.race([run(args), failed]).catch((error: unknown) => report(error, args, json));
  isFinished = true;
  exit(status);
}

/** Runs the command. Returns the exit status. */
async function run(args: readonly string[]): Promise<number> {
  let status = 0;
  const program = makeProgram((given) => {
    status = given;
  });
  if (args.length === 0) {
    program.outputHelp();
    return MISUSE;
  }
  await program.parseAsync(args, { from: 'user' });
  return status;
}

/** Says what has kept the command from its work. Returns the exit status. */
function report(error: unknown, args: readonly string[], json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  if (error instanceof CommanderError) {
    const command = makeProgram(() => undefined).commands.find((each) => each.name() === args[0] && args[0] !== 'help');
    const help = command === undefined ? 'lambda-cors --help' : `lambda-cors ${command.name()} --help`;
    return complain(`${oneLine(error.message)}; see ${help}`, [], json);
  }
  if (isMisuse(error)) return complain(error.message, error.issues, json);
  const stack = error instanceof Error ? String(error.stack ?? error.message) : faultText(error);
  return complain('this is a bug in lambda-cors; please report it:', stack.split('\n'), json);
}

/** Commander's message without its prefix, its suggestion on the same line. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*') is invalid for argument '([^']*)'/s, '$2 $1 is invalid')
    .replace(/\.?\n\(([^)]*)\)$/, ' ($1)')
    .replace(/\.$/, '')
    .replace(/ is invalid\. (.)/, (_, letter: string) => ` is invalid: ${letter.toLowerCase()}`);
}

function complain(message: string, issues: readonly string[], json: boolean): number {
  if (json) printJson({ error: message, issues });
  else printLines([[red('lambda-cors: '), message], ...issues.map((issue): Line => `  ${issue}`)], process.stderr);
  return MISUSE;
}

/** Also where the options cannot be read. The format of `generate` is that of the document, not of what it says. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  if (options.includes('--json')) return true;
  const formats = args[0] === 'lint' ? options : [];
  return formats.some((each, at) => each === '--format=json' || (each === '--format' && formats[at + 1] === 'json'));
}

/** A reader may stop reading, as `head` does: the status is then the same, and nobody is told. */
function watchPipes(serves: boolean): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      if (serves) process.exit(0);
      return;
    }
    printLines([[red('lambda-cors: '), `standard output cannot be written: ${error.code}`]], process.stderr);
    process.exit(MISUSE);
  });
  process.stderr.on('error', () => undefined);
}

/** Of Node.js and of libraries. They are about a user's code, where there is any, and `serve` is what runs that. */
function tellWarnings(serves: boolean): void {
  process.removeAllListeners('warning');
  if (!serves) return;
  process.on('warning', ({ name, message }) => printLines([`${name}: ${message}`], process.stderr));
}

/** Ends the process at once, because a policy or a handler may leave timers and connections open. */
function exit(status: number): void {
  // In the next turn: an error of the stream is told after this.
  standardOutput.write('', () => setImmediate(() => process.exit(status)));
}
