import type { Api } from '../api.js';
import type { Auth, Method } from '../method.js';
import { corsSettingOf } from './cors-setting.js';
import { type Field, fieldPair, no, plainText } from './fields.js';
import { span } from './headers.js';
import { withOptions } from './options-answer.js';
import { isInGlobals, type Resource, type Template } from './resources.js';
import { refersTo } from './rest-resources.js';
import { SIGV4_HEADERS } from './security.js';
import type { Look } from './settle.js';

/** Function URLs: `FunctionUrlConfig` of SAM, and `AWS::Lambda::Url`. */
export function functionUrls(template: Template): readonly Api[] {
  const { scope } = template;
  const ofSam = template.ofType('AWS::Serverless::Function').flatMap((resource) => {
    const config = fieldPair(resource.properties, 'FunctionUrlConfig', scope);
    return config === undefined || config.value.kind === 'absent'
      ? []
      : [urlOf(resource, config, resource.id, template)];
  });
  const ofCloudFormation = template.ofType('AWS::Lambda::Url').map((resource) => {
    const config: Field = { key: resource.id, keyPlace: resource.key, value: resource.properties };
    return urlOf(resource, config, refersTo(resource.properties, 'TargetFunctionArn', scope), template);
  });
  return [...ofSam, ...ofCloudFormation];
}

function urlOf(resource: Resource, config: Field, lambda: string | undefined, template: Template): Api {
  const { scope } = template;
  const sam = config.value !== resource.properties;
  const pair = fieldPair(config.value, 'Cors', scope);
  const from = pair !== undefined && isInGlobals(pair.keyPlace, template) ? 'globals' : 'resource';
  const cors = pair === undefined || pair.value.kind === 'absent' ? undefined : corsSettingOf(pair, 'url', from, scope);
  const place = sam ? span(config.keyPlace, config.value.place) : resource.place;
  const facts = { kind: 'url', complete: true, external: false, ...(cors !== undefined && { cors }) } as const;
  const key = config.keyPlace;
  const method: Method = {
    method: 'ANY',
    id: resource.id,
    key,
    place,
    made: 'written',
    auth: authOf(config.value, template),
    apiKey: { value: no(key), from: 'default' },
    parameters: [],
    consumes: [],
    integration: {
      kind: 'lambda-proxy',
      key,
      place,
      requestTemplates: [],
      templatesKnown: true,
      responses: [],
      responsesKnown: true,
    },
    responses: [],
    ignores: resource.ignores,
    ...(lambda !== undefined && template.resources.has(lambda) && { function: lambda }),
  };
  return {
    ...facts,
    origin: sam ? 'sam' : 'cloudformation',
    id: resource.id,
    key,
    place,
    ...(resource.condition !== undefined && { condition: resource.condition }),
    fragment: false,
    definition: 'none',
    gaps: [],
    routes: withOptions([{ path: '/', pathKnown: true, key, place, methods: [method] }], facts),
    gatewayResponses: [],
    binaryMediaTypes: [],
    authorizers: [],
    guards: [],
    deployments: [],
    domains: [],
    routingRules: [],
    private: no(key),
    ignores: resource.ignores,
  };
}

function authOf(config: Look, { scope }: Template): Auth {
  const pair = fieldPair(config, 'AuthType', scope);
  const place = pair?.keyPlace ?? config.place;
  const type = plainText(pair?.value);
  const from = pair === undefined ? 'default' : 'method';
  if (type === 'AWS_IAM') return { kind: 'iam', place, from, headers: SIGV4_HEADERS };
  return { kind: type === 'NONE' ? 'none' : 'unknown', place, from, headers: [] };
}
