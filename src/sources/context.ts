import { randomBytes } from 'node:crypto';
import { arn } from '../sources/identity.js';

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionVersion: string;
  readonly functionName: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly clientContext: undefined;
  readonly identity: undefined;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** A function as it is deployed; one log stream for all of its invocations. */
export interface DeployedFunction {
  readonly functionName: string;
  readonly memorySize: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly logStreamName: string;
}

export function makeLogStreamName(now: Date): string {
  return `${now.toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;
}

export function makeContext(deployed: DeployedFunction, awsRequestId: string): LambdaContext {
  const { functionName, memorySize, timeout, logStreamName } = deployed;
  const deadline = performance.now() + timeout;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: '$LATEST',
    functionName,
    memoryLimitInMB: String(memorySize),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: arn('lambda', `function:${functionName}`),
    awsRequestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}
