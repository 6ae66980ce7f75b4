/**
 * Mutants that no test kills, by file: the code, what it becomes, and why. Those of `EQUIVALENT` do what the code does;
 * those of `UNTESTED` do not.
 */
export const EQUIVALENT = {
  'src/core/compile.ts': [
    ['latest !== undefined && latest.allowOrigin === origin', ['false'], 'What is remembered is looked up, slower.'],
    ['listed[0]?.includes', ['listed[0].includes'], 'There is one element; `?.` is for the compiler.'],
  ],
  'src/core/decide.ts': [
    [
      "''",
      ['"Stryker was here!"'],
      'What is asked for is always there, or the text is not a token, and so not echoed.',
    ],
  ],
  'src/core/origins.ts': [
    [
      "origin.startsWith('https://') && isHost(origin.slice('https://'.length)) && !origin.includes('xn--') && origin.charCodeAt(last) >= 97",
      ['false'],
      'What is not usual goes to the URL parser, which comes to the same.',
    ],
    ["'.'", ['""'], 'As above.'],
    ["origin.startsWith('https://')", ["origin.endsWith('https://')"], 'As above.'],
    ["'xn--'", ['""'], 'As above.'],
    ['origin.charCodeAt(last) >= 97', ['origin.charCodeAt(last) > 97'], 'As above.'],
    [
      "host.endsWith(']')",
      ['true'],
      'What else is in brackets is refused by the URL parser, or by the port that it has.',
    ],
    ['colon < 0', ['colon <= 0'], 'A colon at 0 is in front of the scheme, and such a text is refused anyhow.'],
    [
      '{ // Not `URL.canParse`: on Node.js 20 it refuses `ü` as soon as V8 has compiled a call of it. return undefined; }',
      ['{}'],
      'Without a `return`, the answer is `undefined` too.',
    ],
    ['exact.size < origins.length', ['true', 'exact.size <= origins.length'], 'Without patterns none matches, slower.'],
    [
      '/^(https?:)?\\/*/i',
      ['/(https?:)?\\/*/i'],
      'The expression matches nothing at all, so it matches at the beginning.',
    ],
    ['/(^|\\.)\\d+$|\\]/', ['/(\\.)\\d+$|\\]/'], 'The URL parser makes four numbers of a host that is one.'],
  ],
  'src/core/plain.ts': [
    ["typeof value !== 'object'", ['false'], 'No other value has the prototype of a plain object.'],
  ],
  'src/core/tokens.ts': [
    ['at < text.length', ['at <= text.length'], 'Behind the end there is an empty text, which every text includes.'],
    ['name.toLowerCase()', ['name.toUpperCase()'], 'Tokens are ASCII.'],
  ],
  'src/core/validate.ts': [
    ['isUsual(name)', ['false'], 'What is not usual goes to the URL parser, which comes to the same.'],
    ['[]', ['["Stryker was here"]'], 'A fault has been reported, so the policy is never used.'],
    ['false', ['true'], 'Without credentials it makes no difference what is dangerously allowed.'],
  ],
  'src/events/accept.ts': [['isText(body)', ['false'], 'Through JSON a text stays the same, slower.']],
  'src/events/common-result.ts': [
    ["value !== 'application/json'", ['true'], 'This value would be looked through, and found to be good.'],
    ["'application/json'", ['""'], 'As above.'],
  ],
  'src/events/read.ts': [
    ["'Access-Control-Request-Method'", ['""'], 'The usual spelling is found faster; any is found.'],
    ["'Access-Control-Request-Headers'", ['""'], 'As above.'],
    ['isObject(multiValueHeaders)', ['false'], 'As above.'],
    [
      '{ const lines = multiValueHeaders.origin ?? multiValueHeaders.Origin; if (Array.isArray(lines) && lines.length === 1 && isText(lines[0])) return lines[0]; }',
      ['{}'],
      'As above.',
    ],
    [
      'multiValueHeaders.origin ?? multiValueHeaders.Origin',
      ['multiValueHeaders.origin && multiValueHeaders.Origin'],
      'As above.',
    ],
    ['Array.isArray(lines) && lines.length === 1 && isText(lines[0])', ['false'], 'As above.'],
    ['isObject(headers)', ['false'], 'As above.'],
    ['{ const value = headers.origin ?? headers.Origin; if (isText(value)) return value; }', ['{}'], 'As above.'],
    ['headers.origin ?? headers.Origin', ['headers.origin && headers.Origin'], 'As above.'],
    ['isText(value)', ['false'], 'As above.'],
  ],
  'src/events/result-fault.ts': [
    [
      'onlyKeys?.join',
      ['onlyKeys.join'],
      'A key is a fault only where there is such a list; `?.` is for the compiler.',
    ],
    ['at < value.length', ['at <= value.length'], 'Behind the end there is `NaN`, and no comparison with it holds.'],
  ],
  'src/wrap/call.ts': [
    ['globalThis.process?.on', ['globalThis.process.on'], 'Lambda runs Node.js; `?.` lets the module load elsewhere.'],
    ['options.timeoutEarlyInMillis', ['true'], 'Without the option no timer is started.'],
    ['false', ['true'], 'A promise that is settled stays as it is.'],
  ],
  'src/wrap/middy.ts': [
    ['options !== NO_OPTIONS', ['true'], 'No options are sound options.'],
    ['watched.owner !== middleware', ['true'], 'Middy calls each `onError` once.'],
    ['false', ['true'], 'An error then passes through each `cors()` anew, and the outermost still comes last.'],
    ["'lambda-cors.middy'", ['""'], 'Any key does that all copies share.'],
    ['watched.settled', ['true'], 'To merge twice is to merge once.'],
  ],
  'src/wrap/prelude.ts': [
    ['held.firstZero < 0', ['held.firstZero <= 0'], 'The first byte that is held is a brace.'],
    ['length > held.bytes.length', ['length >= held.bytes.length'], 'The copy is made a byte earlier.'],
  ],
  'src/wrap/refused.ts': [
    ['options.onRefused?.(request, event)', ['options.onRefused(request, event)'], 'Called only with the option.'],
  ],
  'src/wrap/respond.ts': [
    ["typeof allowOrigins === 'object'", ['false'], 'The longer way comes to the same decision.'],
    ["'object'", ['""'], 'As above.'],
    [
      '{ return { source, event, decision: decideByOrigin(policy, readOrigin(event)), options }; }',
      ['{}'],
      'As above.',
    ],
    ['options.onRefused !== undefined', ['true'], 'Without the option there is nobody to be told.'],
    [
      "source.map === 'headers'",
      ['true', 'false', "source.map !== 'headers'"],
      'The longer way comes to the same result, and the sources that read the other map have keys of their own.',
    ],
    ["'headers'", ['""'], 'As above.'],
    ['surroundings?.streams', ['surroundings.streams'], 'Middy always says what it streams.'],
  ],
  'src/wrap/streamed-response.ts': [
    ["'utf8'", ['""'], 'It is the default of `Buffer.from`.'],
    ["typeof chunk === 'string'", ['true'], 'Bytes are copied, and stay the same.'],
    [
      'chunk !== undefined',
      ['true'],
      'Without a chunk there may be no callback either, and the two are then the same.',
    ],
    ["'ended'", ['""'], 'It is told apart from the other phases, and from nothing else.'],
    ['stream.destroy?.(error)', ['stream.destroy(error)'], 'It was set above; `?.` is for the compiler.'],
    ["typeof encoding === 'string'", ['true'], '`Buffer.from` ignores what is not an encoding.'],
  ],
  'src/wrap/with-cors.ts': [['options !== NO_OPTIONS', ['true'], 'No options are sound options.']],
  'src/wrap/time-limit.ts': [
    ['{ return Number.NaN; }', ['{}'], 'A difference with `undefined` is not a number either.'],
  ],
};

export const UNTESTED = {
  'src/wrap/streamed-response.ts': [
    [
      "typeof callback === 'function'",
      ['true'],
      'It would fail in a promise that nobody waits for, which Vitest reports beside the tests, not as one.',
    ],
  ],
};
