import { withCors } from '../../../src/index.js';

export const handler = withCors(async () => ({ statusCode: 200 }), {
  allowOrigins: ['https://example.com/'],
  maxAge: -1,
});
