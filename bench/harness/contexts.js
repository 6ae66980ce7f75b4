// What the runtime gives a handler beside the event, in the shape that each version of it has: an object of a simpler
// shape would cost a wrapper less than the real one does.
//
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client: 3.3 for Node.js 20 and 22, 4.0 for Node.js 24

/** Makes what follows the event, anew for each invocation. */
export const followingArguments = Number(process.versions.node.split('.')[0]) >= 24 ? version4 : version3;

/** `CallbackContext.build`, then `InvokeContext.attachEnvironmentData`. */
function version3() {
  let finished = false;
  function onlyFirstCall(answer) {
    return function () {
      if (!finished) {
        // biome-ignore lint/complexity/noArguments: as in the runtime client.
        answer.apply(null, arguments);
        finished = true;
      }
    };
  }
  let waits = true;
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return waits;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waits = value;
    },
    succeed: ignore,
    fail: ignore,
    done: ignore,
  };
  context.succeed = onlyFirstCall(context.succeed);
  context.fail = onlyFirstCall(context.fail);
  context.done = onlyFirstCall(context.done);
  return [Object.assign(context, environmentData(), headerData()), onlyFirstCall(ignore)];
}

/** `ContextBuilder.build` */
function version4() {
  const { getRemainingTimeInMillis, ...headers } = headerData();
  const inOrder = { ...headers, xRayTraceId: 'Root=1-691f0c1e-0b1c2d3e4f5a6b7c8d9e0f1a', getRemainingTimeInMillis };
  return [Object.assign(inOrder, environmentData())];
}

function environmentData() {
  return {
    functionVersion: '$LATEST',
    functionName: 'notes',
    memoryLimitInMB: '256',
    logGroupName: '/aws/lambda/notes',
    logStreamName: '2026/11/22/[$LATEST]5e1c',
  };
}

function headerData() {
  const deadline = Date.now() + 30_000;
  return {
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:notes',
    awsRequestId: '8ac1c2f5-3d54-4b43-9cd1-2ff6c7b1a3de',
    tenantId: undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function ignore() {}
