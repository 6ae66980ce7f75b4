/** A whole definition, so that it can be imported and tried as it is. */
export function openApiDocument(
  notes: Readonly<Record<string, unknown>>,
  extensions: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return { openapi: '3.0.1', info: { title: 'notes', version: '1.0' }, paths: { '/notes': notes }, ...extensions };
}

/** An operation that stands for the user's own. */
export function lambdaIntegration(payloadFormatVersion: '1.0' | '2.0'): Record<string, unknown> {
  return {
    responses: { '200': { description: 'The notes' } },
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      payloadFormatVersion,
      uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:notes/invocations',
    },
  };
}
