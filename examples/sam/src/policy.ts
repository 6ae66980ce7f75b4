import { compilePolicy } from 'lambda-cors';
import { requiredEnv } from './required-env.js';

/** Who may call the notes API from a browser, and how. All three handlers share it. */
export const policy = compilePolicy({
  allowOrigins: requiredEnv('ALLOWED_ORIGINS', 'origins, such as https://app.example.com,https://*.example.com'),
  allowMethods: ['GET', 'POST', 'DELETE'],
  allowHeaders: ['Content-Type'],
  exposeHeaders: ['Location', 'Retry-After'],
  maxAge: 600,
});
