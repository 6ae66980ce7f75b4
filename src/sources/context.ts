import type { AnswerMethods } from './handler.js';
import { arn } from './identity.js';
import type { NodejsRuntime } from './settings.js';

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext extends Partial<AnswerMethods> {
  /** Up to Node.js 22. */
  callbackWaitsForEmptyEventLoop?: boolean;
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
  /** `undefined` stands for all that either runtime has. */
  readonly nodejs: NodejsRuntime | undefined;
}

/** @param id What tells this instance of the function from others. */
export function makeLogStreamName(now: Date, id: string): string {
  return `${now.toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${id}`;
}

/** @param methods On the context of a handler that may answer by them. */
export function makeContext(
  { functionName, memorySize, timeout, logStreamName, nodejs }: DeployedFunction,
  awsRequestId: string,
  methods?: AnswerMethods,
): LambdaContext {
  const deadline = Date.now() + timeout;
  return {
    ...(nodejs !== 24 && { callbackWaitsForEmptyEventLoop: true, ...methods }),
    functionVersion: '$LATEST',
    functionName,
    memoryLimitInMB: String(memorySize),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: arn('lambda', `function:${functionName}`),
    awsRequestId,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
