/** The outputs in the README are what the command prints. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { APP, closeServers, FAULTS, play } from './aws-faults.js';
import { lines, useCommand } from './command.js';

const command = useCommand();
afterAll(closeServers);

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The lines of the block after a command's paragraph, without those that only stand for others. */
function shown(name: string): readonly string[] {
  const [, block = ''] = new RegExp(`\\n\\*\\*\`${name}\`\\*\\*.*?\\n\`\`\`\\n(.*?)\`\`\``, 's').exec(README) ?? [];
  const found = block.split('\n').filter((line) => line !== '' && line !== '…');
  expect(found.length).toBeGreaterThan(3);
  return found;
}

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors:
        AllowOrigin: "'https://app.example.com'"
        AllowMethods: "'GET'"
      Auth:
        DefaultAuthorizer: Users
        Authorizers:
          Users: { UserPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" }
  Notes:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: notes.handler
      CodeUri: src
      Events:
        Put: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /notes, Method: put } }
`;

describe('the README shows the output of', () => {
  it('explain', async () => {
    command.write('cors.json', '{ "allowOrigins": ["https://app.example.com"], "allowMethods": ["GET"] }');
    const { stdout } = await command.run(
      ...'explain --policy cors.json --origin'.split(' '),
      APP,
      '--method',
      'DELETE',
    );
    expect(lines(stdout)).toEqual(expect.arrayContaining([...shown('explain')]));
  });

  it('probe', async () => {
    const { port } = await play(FAULTS[0]?.script ?? {});
    const { stdout } = await command.run('probe', `http://127.0.0.1:${port}/`, '--origin', APP, '--method', 'PUT');
    expect(lines(stdout)).toEqual(expect.arrayContaining([...shown('probe')]));
  });

  it('lint', async () => {
    command.write('template.yaml', TEMPLATE);
    const { stdout } = await command.run('lint', 'template.yaml');
    const withoutPlaces = (line: string) => line.replace(/^(template\.yaml):\d+:\d+/, '$1');
    expect(lines(stdout).map(withoutPlaces)).toEqual(expect.arrayContaining(shown('lint').map(withoutPlaces)));
  });
});
