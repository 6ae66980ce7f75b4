import { CommanderError } from 'commander';
import { isMisuse } from './misuse.js';
import { makeProgram } from './program.js';
import { printJson, printLines, red } from './terminal.js';

const MISUSE = 2;

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
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError) {
      const command = program.commands.find((each) => each.name() === args[0]);
      const help = command === undefined ? 'lambda-cors --help' : `lambda-cors ${command.name()} --help`;
      return complain(`${oneLine(error.message)}; see ${help}`, [], args);
    }
    if (isMisuse(error)) return complain(error.message, error.issues, args);
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return complain('this is a bug in lambda-cors; please report it:', stack.split('\n'), args);
  }
}

/** Commander's message without its prefix, its suggestion on the same line. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\.?\n\(([^)]*)\)$/, ' ($1)')
    .replace(/\.$/, '')
    .replace(/ is invalid\. (.)/, (_, letter: string) => ` is invalid: ${letter.toLowerCase()}`);
}

function complain(message: string, issues: readonly string[], args: readonly string[]): number {
  if (args.includes('--json')) printJson({ error: message, issues });
  else printLines([[red('lambda-cors: '), message], ...issues.map((issue) => `  ${issue}`)], process.stderr);
  return MISUSE;
}

/** Ends the process at once, because a policy or a handler may leave timers and connections open. */
function exit(status: number): void {
  process.stdout.write('', () => process.exit(status));
}

/** The command: prints, then exits with the status. */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader stopped reading, as `head` does.
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  exit(await run(args));
}
