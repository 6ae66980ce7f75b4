import { withCors } from 'lambda-cors';
import { serveNotes } from './notes.js';
import { policy } from './policy.js';

export const handler = withCors(serveNotes, policy);
