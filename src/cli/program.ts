import { Argument, Command, Option } from 'commander';
import { GATEWAY_SOURCES } from '../gateway.js';
import { GENERATE_TARGETS } from '../infra.js';
import { enable } from './commands/enable/enable.js';
import { explain } from './commands/explain/explain.js';
import { printPolicyFor } from './commands/generate.js';
import { FORMATS } from './commands/lint/formats.js';
import { lint } from './commands/lint/lint.js';
import { probe } from './commands/probe/probe.js';
import { serve } from './commands/serve/serve.js';
import { collect, integer, list, refuseCarelessValues, seconds } from './input/option-values.js';
import { addRequestOptions } from './input/request-options.js';
import { printText } from './terminal/print.js';

/** Set when the command is bundled. */
declare const LAMBDA_CORS_VERSION: string;

const EXIT_STATUS = `
Exit status: 0 if a browser allows it, 1 if a browser refuses it, 2 if the command was used wrongly.`;

const SERVED = `
Exit status: 0 after Ctrl-C, 2 if the command was used wrongly or the handler cannot be loaded.`;

const WRITTEN_OR_NOT = `
Exit status: 0 if it is written, 2 if not.`;

const MORE = `
Exit status: 0 if all is well, 1 if a browser refuses something, 2 if the command was used wrongly.
lambda-cors help NAME has the options of a command, and what its exit status means.`;

/** @param exit Receives the exit status of the command. */
export function makeProgram(exit: (status: number) => void): Command {
  const program = new Command('lambda-cors')
    .description('CORS for AWS Lambda: try it, explain it, find out what is wrong with it.')
    .version(LAMBDA_CORS_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: printText, outputError: () => undefined, writeErr: () => undefined })
    .addHelpText('after', MORE);

  program
    .command('serve')
    .summary('run a local gateway in front of a handler, with a log of what browsers make of its responses')
    .description('Serves a handler over HTTP as AWS does, without adding CORS headers of its own, until Ctrl-C.')
    .argument('<handler>', 'the handler as Lambda names it, such as src/notes.handler')
    .addOption(
      new Option('--source <source>', 'what is in front of the function').choices(GATEWAY_SOURCES).default('rest'),
    )
    .option(
      '--route <route>',
      "a route of the API, such as 'GET /notes/{id}', for rest and http; default all requests; may be repeated",
      collect,
    )
    .option(
      '--claims <file>',
      'what an authorizer passes on: a .json, .js or .ts file with the claims of a token, or { "lambda": … } or { "iam": … }',
    )
    .option('--watch', 'load the handler again when one of its files changes; needs esbuild in your project')
    .option('--port <port>', 'where to listen; 0 for any free port', integer(0, 65535), 3000)
    .option('--host <host>', 'the address to listen on; by default only this machine can connect', '127.0.0.1')
    .option('--stage <stage>', 'the stage of the API; default prod for rest, $default for http')
    .option(
      '--cors <file>',
      "the gateway's own CORS feature, for http and url: a .json or .js file with allowOrigins, …",
    )
    .option('--binary <type>', 'a binary media type of a REST API, such as image/*; may be repeated', collect)
    .option('--timeout <seconds>', 'how long the function may take', seconds, 900)
    .addOption(new Option('--node <version>', 'the Node.js runtime to follow').choices(['22', '24']).default('22'))
    .option(
      '--allow-host <name>',
      'another host name that requests may use, besides addresses and localhost; * for any; may be repeated',
      collect,
    )
    .option('--json', 'print a line of JSON for each request')
    .addHelpText('after', SERVED)
    .action(async (handler, options) => exit(await serve(handler, options)));

  addRequestOptions(
    program
      .command('explain')
      .summary('show what a browser does with a policy or a template, without a server')
      .description(
        'Shows what a browser does with a policy, step by step, without a server. The policy comes from a .json, .js or .ts file: its default export, or the export named policy. With --template, shows for each route of a template whether CORS is needed, and what a page could read.',
      )
      .option('--policy <file>', 'the file with the policy; required without --template')
      .addOption(
        // The methods and paths are the template's.
        new Option(
          '--template <file>',
          'a SAM or CloudFormation template, or an OpenAPI document, as YAML or JSON',
        ).conflicts(['method', 'body', 'url']),
      )
      .option(
        '--root <folder>',
        "the folder that files of the template must be in; default the working directory's repository, else the file's folder",
      ),
  )
    .option('--url <url>', 'the URL that the page fetches', 'https://api.example.com/')
    .addHelpText('after', EXIT_STATUS)
    .action(async (options) => exit(await explain(options)));

  addRequestOptions(
    program
      .command('probe')
      .summary('ask a deployed endpoint as a browser does, and find the cause of a CORS error')
      .description(
        'Asks an endpoint as a browser does, with a preflight where one is needed, and says what the browser makes of the answers. The request is really sent: a DELETE deletes. The last GET, HEAD or preflight is then sent once more, from https://lambda-cors-probe.invalid, to see what the API answers to an origin that nobody lists. That request appears in the log of the API too.',
      )
      .argument('<url>', 'the URL that the page fetches'),
  )
    .option(
      '--timeout <seconds>',
      'how long to wait for each response; API Gateway itself stops waiting after 29 or 30',
      seconds,
      35,
    )
    .option('--curl', 'send nothing; print the requests as command lines for curl')
    .addHelpText('after', EXIT_STATUS)
    .action(async (url, options) => exit(await probe(url, options)));

  program
    .command('lint')
    .summary('find in templates what browsers will refuse, before they are deployed')
    .description(
      'Finds in SAM, CloudFormation and OpenAPI templates, as YAML or JSON, what browsers or the deployment will refuse. It fetches nothing. A comment "# lambda-cors-ignore LC202" on a line or above it, or Metadata: { lambda-cors: { ignore: [LC202] } }, turns that code off there.',
    )
    .argument('<file...>', 'the templates')
    .option('--policy <file>', 'compare the templates with this policy: a .json, .js or .ts file')
    .option(
      '--root <folder>',
      "the folder that included files must be in; default the working directory's repository, else the file's folder",
    )
    .option('--base <file>', 'the deployed version of the template, to find changes that need a new deployment')
    .addOption(new Option('--format <format>', 'how to print the findings').choices(FORMATS).default('text'))
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .addOption(
      new Option('--fail-on <severity>', 'the lowest severity that makes the exit status 1')
        .choices(['error', 'warning', 'info'])
        .default('warning'),
    )
    .addHelpText(
      'after',
      `
Exit status: 0 if no finding is as severe as --fail-on, 1 if one is, 2 if the command was used wrongly.`,
    )
    .action(async (files, options) => exit(await lint(files, options)));

  program
    .command('generate')
    .summary('write a policy for what is in front of the functions: a template, a definition, code')
    .description(
      'Writes a policy for what is in front of the functions to standard output, and notes about it to standard error. What the target cannot express is an error, and then nothing is written. The policy comes from a .json, .js or .ts file, as for explain.',
    )
    .addArgument(new Argument('<target>', 'the target to write for').choices(GENERATE_TARGETS))
    .option('--policy <file>', 'required: the file with the policy')
    .option(
      '--methods <list>',
      "the methods for Access-Control-Allow-Methods, such as GET,PUT; default the policy's",
      list,
    )
    .addOption(new Option('--format <format>', 'default: what is usual for the target').choices(['yaml', 'json']))
    .addHelpText('after', WRITTEN_OR_NOT)
    .action(async (target, options) => exit(await printPolicyFor(target, options)));

  program
    .command('enable')
    .summary("do what the console's Enable CORS does, in a template, a definition, or an API that runs")
    .description(
      "Writes CORS into the REST APIs of a template or a definition, as the console's Enable CORS does: OPTIONS for each resource that has none, the headers of responses that are mapped, and gateway responses. It shows what it changes, asks, and leaves the rest of the file byte for byte. SAM, CloudFormation and OpenAPI, as YAML or JSON.",
    )
    .argument('[file]', 'the template or the definition; left out only with --rest-api-id or --undo')
    .option(
      '--policy <file>',
      "a .json, .js or .ts file; default, as in the console: any origin, its five headers, the resource's methods",
    )
    .option('--resource <path>', 'only this resource, such as /pets; may be repeated', collect)
    .option('--recursive', 'what is below the resource, too')
    .option('--method <method>', 'only the responses of this method; may be repeated', collect)
    .addOption(new Option('--dry-run', 'print the difference and write nothing').conflicts('yes'))
    .option('--yes', 'write without asking; needed where there is no terminal')
    .option('--json', 'print what is changed as JSON; it is written with --yes only')
    .option(
      '--rest-api-id <id>',
      'instead of a file: a REST API that runs; needs @aws-sdk/client-api-gateway and credentials of AWS',
    )
    .option('--region <region>', 'the region of the API; default as in the tools of AWS')
    .option(
      '--stage <stage>',
      'deploy the API to this stage, once you have seen what that publishes, and ask it with preflights',
    )
    .option('--invoke-url <url>', 'where the stage answers, with the stage in it; default its execute-api address')
    .option('--undo <file>', 'put back what the file has, which was saved before an API was changed')
    .addHelpText(
      'after',
      `
Exit status: 0 if it is written or needs no change, and with --dry-run; 1 if you said no, or if the stage does not answer a preflight as the policy says; 2 if it cannot be written.`,
    )
    .action(async (file, options) => exit(await enable(file, options)));

  program
    .command('help')
    .summary('print the help of a command')
    .argument('[command]', 'the command')
    .action((name: string | undefined) => {
      const command = name === undefined ? program : program.commands.find((each) => each.name() === name);
      if (command === undefined) program.error(`unknown command '${name}'`);
      else command.outputHelp();
    });

  for (const command of program.commands) refuseCarelessValues(command);
  return program;
}
