import { exactOnly, gatewayMethods, notEmpty } from './checks.js';
import { HTTP_API_OWNS_CORS, httpCors, WITHOUT_HTTP_CORS } from './http-cors.js';
import type { Target } from './output.js';
import { serverlessService } from './serverless.js';

/** https://www.serverless.com/framework/docs/providers/aws/events/http-api#cors-setup */
export const serverlessHttp: Target = {
  formats: ['yaml', 'json'],
  checks: [
    ...exactOnly(WITHOUT_HTTP_CORS),
    gatewayMethods,
    notEmpty(
      'allowMethods',
      'is empty, and the framework then names the methods of the routes',
      'name one, such as GET',
    ),
  ],
  write(policy) {
    const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials } = httpCors(policy);
    return {
      document: serverlessService({
        provider: {
          name: 'aws',
          runtime: 'nodejs22.x',
          httpApi: {
            cors: {
              allowedOrigins: allowOrigins,
              allowedMethods: allowMethods,
              allowedHeaders: allowHeaders ?? [],
              ...(exposeHeaders === undefined ? {} : { exposedResponseHeaders: exposeHeaders }),
              maxAge,
              ...(allowCredentials ? { allowCredentials } : {}),
            },
          },
        },
        functions: { notes: { handler: 'notes.handler', events: [{ httpApi: { path: '/notes', method: 'get' } }] } },
      }),
      head: 'CORS for the HTTP API (events of httpApi) of a serverless.yml. Take over provider.httpApi.cors.',
      comments: [[['functions'], 'An example: events of httpApi need nothing else.']],
      notes: [HTTP_API_OWNS_CORS],
    };
  },
};
