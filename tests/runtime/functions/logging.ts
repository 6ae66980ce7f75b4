// Functions that make lambda-cors log; the path of the event stands for whatever a client can send.
import { withCors } from '../../../src/index.js';

interface AskedEvent {
  readonly path: string;
}

export const throws = withCors(async () => {
  throw new TypeError('boom');
});

export const throwsPath = withCors(async ({ path }: AskedEvent) => {
  throw new TypeError(path);
});

export const returnsPathAsKey = withCors(async ({ path }: AskedEvent) => ({ statusCode: 200, [path]: true }));

export const returnsPathAsStatus = withCors(async ({ path }: AskedEvent) => ({ statusCode: path }));

export const originFunctionThrows = withCors(async () => ({ statusCode: 200 }), {
  allowOrigins: () => {
    throw new TypeError('boom');
  },
});

export const originFunctionAnswersPath = withCors(async () => ({ statusCode: 200 }), {
  allowOrigins: ((_origin: string, { path }: AskedEvent) => path) as unknown as () => boolean,
});
