import { pipeline } from 'node:stream/promises';
import { withCorsStreaming } from 'lambda-cors/streaming';
import { httpError } from './http-error.js';
import { policy } from './policy.js';
import { type HttpEvent, readRequest } from './request.js';
import { everyNote } from './table.js';

/** Every note as a line of JSON, while the table is still being read. */
export const handler = withCorsStreaming(streamNotes, policy);

async function streamNotes(event: HttpEvent, responseStream: awslambda.HttpResponseStream): Promise<void> {
  if (readRequest(event).method !== 'GET') {
    throw httpError(405, 'This method is not allowed here', { Allow: 'GET' });
  }
  const stream = awslambda.HttpResponseStream.from(responseStream, {
    statusCode: 200,
    headers: { 'Content-Type': 'application/x-ndjson' },
  });
  await pipeline(lines(), stream);
}

async function* lines(): AsyncGenerator<string> {
  for await (const note of everyNote()) yield `${JSON.stringify(note)}\n`;
}
