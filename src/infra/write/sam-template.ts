/** A whole template, so that it can be checked and tried as it is. */
export function samTemplate(
  globals: Readonly<Record<string, unknown>> | undefined,
  resources: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Transform: 'AWS::Serverless-2016-10-31',
    ...(globals === undefined ? {} : { Globals: globals }),
    Resources: resources,
  };
}

/** A function that stands for the user's own. */
export function samFunction(
  events: Readonly<Record<string, unknown>> | undefined,
  headers: Readonly<Record<string, string>> = {},
  properties: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const result = { statusCode: 200, ...(Object.keys(headers).length > 0 ? { headers } : {}), body: '[]' };
  return {
    Type: 'AWS::Serverless::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      InlineCode: `exports.handler = async () => (${JSON.stringify(result)});\n`,
      ...properties,
      ...(events === undefined ? {} : { Events: events }),
    },
  };
}
