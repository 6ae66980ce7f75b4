import { withCors } from '../../../src/index.js';

const { ALLOWED_ORIGINS } = process.env;

export const handler = withCors(async () => ({ statusCode: 200 }), { allowOrigins: ALLOWED_ORIGINS as string });
