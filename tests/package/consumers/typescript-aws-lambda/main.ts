// With @types/aws-lambda: what its handler types and this package's make of each other, from the outside.
import type { APIGatewayProxyEvent, APIGatewayProxyHandler, APIGatewayProxyHandlerV2, Context } from 'aws-lambda';
import { withCors } from 'lambda-cors';
import { legacy } from './legacy.js';

const policy = { allowOrigins: ['https://app.example.com', 'https://*.example.com'], allowCredentials: true };

export const rest: APIGatewayProxyHandler = withCors(async (event) => ({ statusCode: 200, body: event.path }), policy, {
  logger: console,
});
export const http: APIGatewayProxyHandlerV2<{ id: string }> = withCors(
  async (event) => ({ id: event.rawPath }),
  policy,
);
export const untyped: APIGatewayProxyHandler = withCors(legacy, policy);
export const inferred = withCors(async (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: event.path }));

export async function status(event: APIGatewayProxyEvent, context: Context): Promise<number> {
  const result = await inferred(event, context);
  return result.statusCode;
}
