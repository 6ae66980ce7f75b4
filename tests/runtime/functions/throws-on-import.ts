import { withCors } from '../../../src/index.js';

export const handler = withCors(async () => ({ statusCode: 200 }));

throw new RangeError('the module is broken');
