import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpRequest } from '../sources/messages.js';

/** Ids that look like those which AWS gives a request. */
export function makeIds(time: Date): Pick<HttpRequest, 'id' | 'extendedId' | 'traceId'> {
  const seconds = Math.floor(time.getTime() / 1000).toString(16);
  return {
    id: randomUUID(),
    // As API Gateway makes them: `JKJaXmPLvHcESHA=`.
    extendedId: randomBytes(11).toString('base64'),
    traceId: `Root=1-${seconds}-${randomBytes(12).toString('hex')}`,
  };
}

/** What tells an instance of a function from others. */
export function makeInstanceId(): string {
  return randomBytes(16).toString('hex');
}
