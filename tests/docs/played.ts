/** Command lines of the documents whose other end is played here: an endpoint, or a page that asks. */
import { request } from 'node:http';
import { APP, closeServers, FAULTS, play } from '../cli/aws-faults.js';
import { type Command, outcomeOf } from '../cli/command.js';

/** What a command line prints, by the line. */
export const PLAYED: Readonly<Record<string, (command: Command) => Promise<string>>> = {
  'npx lambda-cors probe https://api.example.com/prod/notes --origin https://app.example.com --method PUT': probe,
  'npx lambda-cors serve src/notes.handler --source http': (command) =>
    serve(command, ['src/notes.handler', '--source', 'http'], '/notes', { origin: APP }),
  'npx lambda-cors serve whoami.handler --source http --claims claims.json': (command) =>
    serve(command, ['whoami.handler', '--source', 'http', '--claims', 'claims.json'], '/', {}),
  "npx lambda-cors serve src/notes.handler --route 'PUT /notes/{id}'": (command) =>
    serve(command, ['src/notes.handler', '--route', 'PUT /notes/{id}'], '/prod/notes/1', {
      origin: APP,
      'access-control-request-method': 'PUT',
    }),
};

/** Of a REST API without OPTIONS. */
async function probe(command: Command): Promise<string> {
  const { port } = await play(FAULTS[0]?.script ?? {});
  try {
    const { stdout } = await command.run('probe', `http://127.0.0.1:${port}/`, '--origin', APP, '--method', 'PUT');
    return stdout;
  } finally {
    await closeServers();
  }
}

/** While somebody asks a handler. What differs from run to run is made as on the page. */
async function serve(
  command: Command,
  args: readonly string[],
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  command.write('package.json', '{ "type": "module" }');
  command.write('src/notes.js', "export const handler = async () => ({ statusCode: 200, body: '[]' });");
  const child = command.start('serve', ...args, '--port', '0');
  const outcome = outcomeOf(child);
  const port = await new Promise<string>((resolve) =>
    child.stdout?.on('data', (text: string) => resolve(/127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? '')),
  );
  await new Promise((resolve) =>
    request(`http://127.0.0.1:${port}${path}`, { method: methodOf(headers), headers }, (response) => {
      response.resume().on('end', resolve);
    }).end(),
  );
  child.kill('SIGINT');
  const { stdout } = await outcome;
  return stdout
    .replaceAll(`:${port}`, ':3000')
    .replaceAll(/\d\d:\d\d:\d\d/g, '09:24:10')
    .replaceAll(/\d+(\.\d+)? ms/g, '3.8 ms');
}

function methodOf(headers: Readonly<Record<string, string>>): string {
  return 'access-control-request-method' in headers ? 'OPTIONS' : 'GET';
}
