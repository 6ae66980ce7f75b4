import { expect, it } from 'vitest';
import { createGateway } from '../../src/gateway.js';

const IDS = ['apigw-requestid', 'x-amz-apigw-id', 'x-amzn-requestid'] as const;

it.each([
  ['http', ['apigw-requestid']],
  ['http-1.0', ['apigw-requestid']],
  ['rest', ['x-amz-apigw-id', 'x-amzn-requestid']],
  ['alb', []],
] as const)('a response of %s carries the ids that it has on AWS, an error too', async (source, expected) => {
  const ok = async () => ({ statusCode: 200 });
  const fails = async () => {
    throw new Error('no');
  };
  for (const handler of [ok, fails]) {
    const gateway = await createGateway({ handler, source, stage: '$default', onError: () => undefined }).listen();
    const { headers } = await fetch(`${gateway.url}/`).finally(gateway.close);
    expect(IDS.filter((name) => headers.get(name) !== null)).toEqual(expected);
  }
});
