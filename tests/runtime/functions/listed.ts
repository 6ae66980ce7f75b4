// A function with a list of origins, which also tells how often it was called.
import { withCors } from '../../../src/index.js';

interface AskedEvent {
  readonly count?: boolean;
  readonly fail?: boolean;
  readonly path?: string;
  readonly rawPath?: string;
  readonly raw_path?: string;
}

const result = Object.freeze({
  statusCode: 200,
  headers: Object.freeze({ 'Content-Type': 'text/plain', 'access-control-allow-origin': 'https://written.example' }),
  body: 'hello',
});
let called = 0;

export const handler = withCors(
  async (event: AskedEvent) => {
    called++;
    if (event.count) return called;
    if (event.fail) throw new RangeError('no such queue');
    if ((event.path ?? event.rawPath ?? event.raw_path) === '/fail') throw new TypeError('boom');
    return result;
  },
  { allowOrigins: ['https://app.example.com', 'https://*.example.org'], allowCredentials: true },
);
