import awsLambdaFastify from '@fastify/aws-lambda';
import fastify from 'fastify';
import { FAULT, HELLO } from './routes.js';

export function fastifyHandler(albMultiValueHeaders: boolean) {
  const app = fastify();
  app.get('/hello', async (_request, reply) => {
    reply.headers({ ...HELLO.headers, ...HELLO.stale });
    reply.header('set-cookie', HELLO.cookies);
    return HELLO.body;
  });
  app.post('/orders', async (request, reply) => {
    reply.code(201);
    return { received: request.body };
  });
  app.get('/broken', async () => {
    throw new Error(FAULT);
  });
  return awsLambdaFastify(app, { albMultiValueHeaders });
}
