import { Command, InvalidArgumentError, Option } from 'commander';
import { GATEWAY_SOURCES } from '../gateway.js';
import { explain } from './explain.js';
import { probe } from './probe.js';
import { addRequestOptions } from './request-options.js';
import { serve } from './serve.js';

/** Set when the command is bundled. */
declare const LAMBDA_CORS_VERSION: string;

const EXIT_STATUS = `
Exit status: 0 a browser allows it, 1 a browser refuses it, 2 the command was not used as it can be.`;

/** @param exit Is told the exit status of the command that has run. */
export function makeProgram(exit: (status: number) => void): Command {
  const program = new Command('lambda-cors')
    .description('CORS for AWS Lambda: try it, explain it, find out what is wrong.')
    .version(LAMBDA_CORS_VERSION, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
    .addHelpText('after', EXIT_STATUS);

  program
    .command('serve')
    .summary('a local gateway in front of a handler, with a log of what browsers make of it')
    .description('Serves a handler over HTTP as AWS does, with no CORS header of its own, until Ctrl-C.')
    .argument('<handler>', 'the handler as Lambda names it, such as src/notes.handler')
    .addOption(
      new Option('--source <source>', 'what is in front of the function').choices(GATEWAY_SOURCES).default('rest'),
    )
    .option('--port <port>', 'where to listen; 0 is any that is free', integer(0, 65535), 3000)
    .option('--host <host>', 'who may connect; the default is nobody but this machine', '127.0.0.1')
    .option('--stage <stage>', 'the stage of the API; default prod for rest, $default for http')
    .option(
      '--cors <file>',
      "the gateway's own CORS feature, for http and url: a .json or .js file with allowOrigins, …",
    )
    .option('--binary <type>', 'a binary media type of a REST API, such as image/*; may be repeated', collect)
    .option('--timeout <seconds>', 'how long the function may take', seconds, 900)
    .addOption(new Option('--node <version>', 'the Node.js runtime to follow').choices(['22', '24']).default('22'))
    .option('--json', 'print a line of JSON for each request')
    .action(async (handler, options) => exit(await serve(handler, options)));

  addRequestOptions(
    program
      .command('explain')
      .summary('what a browser does with a policy, step by step, without a server')
      .description(
        'Says what a browser does with a policy, step by step, without a server. The policy is read from a .json, .js or .ts file: the default export or the one named policy.',
      )
      .option('--policy <file>', 'required: the policy'),
  )
    .option('--url <url>', 'what the page fetches', 'https://api.example.com/')
    .addHelpText('after', EXIT_STATUS)
    .action(async (options) => exit(await explain(options)));

  addRequestOptions(
    program
      .command('probe')
      .summary('ask a deployed endpoint as a browser does, and find the cause of a CORS error')
      .description(
        'Asks an endpoint as a browser does, with a preflight where one is needed, and says what the browser makes of the answers. The request is really sent: a DELETE deletes. Then its last GET, HEAD or preflight is sent once more, from https://lambda-cors-probe.invalid, to see what an origin gets that nobody lists: the log of the API shows that too.',
      )
      .argument('<url>', 'what the page fetches'),
  )
    .option(
      '--timeout <seconds>',
      'how long to wait for each response; API Gateway itself gives up after 29 or 30',
      seconds,
      35,
    )
    .addHelpText('after', EXIT_STATUS)
    .action(async (url, options) => exit(await probe(url, options)));

  return program;
}

function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`write an integer from ${least} to ${most}.`);
    }
    return number;
  };
}

function seconds(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) <= 0 || Number(text) > 900) {
    throw new InvalidArgumentError('write a number of seconds up to 900.');
  }
  return Number(text);
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
