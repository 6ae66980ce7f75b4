import middy from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { cors } from 'lambda-cors/middy';
import { serveNotes } from './notes.js';
import { policy } from './policy.js';

export const handler = middy()
  // First, so that what the body parser throws gets its CORS headers too.
  .use(cors(policy))
  // Requests without a body have no content type, and that is not an error.
  .use(httpJsonBodyParser({ disableContentTypeError: true }))
  .handler(serveNotes);
