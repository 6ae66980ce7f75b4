import type { Api, GatewayResponse, Guard } from '../api.js';
import { knownOf } from '../value.js';
import { field, fieldPair, fields, items, path } from './fields.js';
import { mappingsOf } from './headers.js';
import { dependsOn, reachedFrom, type Template } from './resources.js';
import { refersTo } from './rest-resources.js';
import { namesIn } from './scope.js';
import { scalarOf } from './settle.js';

/** What other resources of a template attach to an API. */
type Attached = Pick<Api, 'gatewayResponses' | 'guards' | 'deployments' | 'domains' | 'routingRules'>;

/** Looks for what names the API of that id. */
export function attachedTo(id: string, template: Template): Attached {
  return {
    gatewayResponses: gatewayResponsesOf(id, template),
    guards: [...usagePlansOf(id, template), ...firewallsOf(id, template)],
    deployments: deploymentsOf(id, template),
    domains: domainsOf(id, template),
    routingRules: routingRulesOf(id, template),
  };
}

export function joinAttached<T extends Attached>(api: T, attached: Attached): T {
  return {
    ...api,
    gatewayResponses: [...api.gatewayResponses, ...attached.gatewayResponses],
    guards: [...api.guards, ...attached.guards],
    deployments: [...api.deployments, ...attached.deployments],
    domains: [...api.domains, ...attached.domains],
    routingRules: [...api.routingRules, ...attached.routingRules],
  };
}

function gatewayResponsesOf(id: string, template: Template): readonly GatewayResponse[] {
  const { scope } = template;
  return template
    .ofType('AWS::ApiGateway::GatewayResponse')
    .filter(({ properties }) => refersTo(properties, 'RestApiId', scope) === id)
    .map((resource) => {
      const { properties, key, place, condition } = resource;
      const [type, status] = [field(properties, 'ResponseType', scope), field(properties, 'StatusCode', scope)];
      return {
        type: type === undefined ? { kind: 'absent', place: key } : scalarOf(type),
        key,
        place,
        where: 'resource',
        id: resource.id,
        ...mappingsOf(field(properties, 'ResponseParameters', scope), 'gatewayresponse.header.', scope),
        ...(status !== undefined && { statusCode: scalarOf(status) }),
        ...(condition !== undefined && { condition }),
      };
    });
}

function usagePlansOf(id: string, template: Template): readonly Guard[] {
  return template
    .ofType('AWS::ApiGateway::UsagePlan')
    .filter(({ node }) => namesIn(node).has(id))
    .map(({ key }) => ({ kind: 'usage plan', place: key }));
}

/** A web ACL is associated with a stage, by an ARN. */
function firewallsOf(id: string, template: Template): readonly Guard[] {
  const { scope } = template;
  const stages = template
    .ofType('AWS::ApiGateway::Stage')
    .filter(({ properties }) => refersTo(properties, 'RestApiId', scope) === id);
  return template
    .ofType('AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation')
    .filter(({ node }) => {
      const names = namesIn(node);
      return [id, `${id}.Stage`, `${id}Stage`, ...stages.map((stage) => stage.id)].some((name) => names.has(name));
    })
    .map(({ key }) => ({ kind: 'waf', place: key }));
}

function deploymentsOf(id: string, template: Template): Api['deployments'] {
  const { scope } = template;
  return template
    .ofType('AWS::ApiGateway::Deployment')
    .filter(({ properties }) => refersTo(properties, 'RestApiId', scope) === id)
    .map((resource) => ({
      id: resource.id,
      key: resource.key,
      place: resource.place,
      dependsOn: dependsOn(resource.node),
      reaches: reachedFrom(resource, template),
    }));
}

function domainsOf(id: string, template: Template): Api['domains'] {
  const { scope } = template;
  const mapped = new Set<string>();
  for (const { properties } of template.ofType('AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping')) {
    const api = refersTo(properties, 'RestApiId', scope) ?? refersTo(properties, 'ApiId', scope);
    const domain = refersTo(properties, 'DomainName', scope);
    if (api === id && domain !== undefined) mapped.add(domain);
  }
  return template.ofType('AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName').flatMap((resource) => {
    const name = field(resource.properties, 'DomainName', scope);
    const written = name === undefined ? { kind: 'absent' as const, place: resource.key } : scalarOf(name);
    // A mapping may name the domain itself, as its resource does: by a parameter, or in full.
    const names = [resource.id, refersTo(resource.properties, 'DomainName', scope), knownOf(written)];
    if (!names.some((each) => each !== undefined && mapped.has(String(each)))) return [];
    const mutualTls = fieldPair(resource.properties, 'MutualTlsAuthentication', scope);
    return [
      {
        id: resource.id,
        key: resource.key,
        name: written,
        ...(mutualTls !== undefined && mutualTls.value.kind !== 'absent' && { mutualTls: mutualTls.keyPlace }),
      },
    ];
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-routingrule.html */
function routingRulesOf(id: string, template: Template): Api['routingRules'] {
  const { scope } = template;
  return template
    .ofType('AWS::ApiGatewayV2::RoutingRule')
    .filter(({ properties }) =>
      items(field(properties, 'Actions', scope), scope).items.some((action) => {
        const invoke = field(action, 'InvokeApi', scope);
        return invoke !== undefined && refersTo(invoke, 'ApiId', scope) === id;
      }),
    )
    .map(({ id: rule, key, properties }) => ({
      id: rule,
      key,
      headers: items(field(properties, 'Conditions', scope), scope).items.flatMap((condition) =>
        items(path(condition, scope, 'MatchHeaders', 'AnyOf'), scope).items.flatMap((match) => {
          const header = fields(match, scope).entries.find(({ key: name }) => name === 'Header');
          return header === undefined ? [] : [{ name: scalarOf(header.value), place: header.keyPlace }];
        }),
      ),
    }));
}
