import { exactOnly, gatewayMethods } from './checks.js';
import { HTTP_API_OWNS_CORS, httpCors, WITHOUT_HTTP_CORS } from './http-cors.js';
import type { Target } from './output.js';
import { literal } from './typescript.js';

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2.CorsPreflightOptions.html */
export const cdkHttp: Target = {
  formats: [],
  checks: [...exactOnly(WITHOUT_HTTP_CORS), gatewayMethods],
  write(policy) {
    const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials } = httpCors(policy);
    const methods = allowMethods?.map((method) => `CorsHttpMethod.${method === '*' ? 'ANY' : method}`);
    const properties = [
      ['allowOrigins', literal(allowOrigins, 2)],
      ['allowMethods', methods && `[${methods.join(', ')}]`],
      ['allowHeaders', allowHeaders && literal(allowHeaders, 2)],
      ['exposeHeaders', exposeHeaders && literal(exposeHeaders, 2)],
      ['maxAge', `Duration.seconds(${maxAge})`],
      ['allowCredentials', allowCredentials && 'true'],
    ].filter(([, value]) => value !== undefined);
    return {
      code: `import { Duration } from 'aws-cdk-lib';
import { ${methods === undefined ? '' : 'CorsHttpMethod, '}type CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';

/** CORS for an HTTP API: new HttpApi(this, 'Api', { corsPreflight }). */
export const corsPreflight: CorsPreflightOptions = {
${properties.map(([key, value]) => `  ${key}: ${value},`).join('\n')}
};
`,
      notes: [
        "Write it to a file such as cors.ts beside your stack, and give it to the API: new HttpApi(this, 'Api', { corsPreflight }).",
        HTTP_API_OWNS_CORS,
      ],
    };
  },
};
