import type { Place, Scalar } from './node.js';
import type { Value, Written } from './value.js';

/**
 * An API as a template or an OpenAPI document describes it, reduced to what CORS depends on. What a transform makes of
 * the template (SAM's OPTIONS methods, its default authorizers) is in the model as if it were written.
 */
export interface Api {
  /** A function URL is an API of one route. WebSocket APIs are not in the model: CORS does not apply to them. */
  readonly kind: 'rest' | 'http' | 'url';
  /** What describes it. `sam-implicit` is the one that SAM makes for events without `RestApiId` or `ApiId`. */
  readonly origin: 'sam' | 'sam-implicit' | 'cloudformation' | 'openapi';
  /**
   * The logical id: `ServerlessRestApi` and `ServerlessHttpApi` for implicit ones, the function's for a function URL
   * of SAM; empty for an OpenAPI document by itself.
   */
  readonly id: string;
  /** The logical id, or whatever else a finding about the API as a whole points at. */
  readonly key: Place;
  /** The whole resource or document. */
  readonly place: Place;
  /** `Condition` of the resource. */
  readonly condition?: string;
  /**
   * Another template has the API itself (its id is a parameter or an import), so what it carries beyond these routes
   * is unknown: nothing may be said about gateway responses, authorizers, or binary types.
   */
  readonly external: boolean;
  /** An OpenAPI document by itself, which a template may include and add to. */
  readonly fragment: boolean;
  /** How SAM and CloudFormation come to the routes. `uri` is a definition that was not read. */
  readonly definition: 'methods' | 'events' | 'body' | 'uri' | 'openapi' | 'none';
  /** Place of `DefinitionBody`, `Body`, `DefinitionUri` or `BodyS3Location`. */
  readonly definitionPlace?: Place;
  /** False where some routes could not be read: a definition elsewhere, a macro, an include that is not at hand. */
  readonly complete: boolean;
  /** Why it is not complete, and where. */
  readonly gaps: readonly Gap[];
  readonly routes: readonly Route[];
  /** The gateway's own CORS feature, as it is written: even where it has no effect. */
  readonly cors?: CorsSetting;
  /** REST: what the gateway's own errors carry. */
  readonly gatewayResponses: readonly GatewayResponse[];
  /** REST. `~1` is decoded to `/`. */
  readonly binaryMediaTypes: readonly Value<string>[];
  readonly authorizers: readonly Authorizer[];
  /** The authorizer of methods that name none; place is where that is said. */
  readonly defaultAuthorizer?: { readonly name: Value<string>; readonly place: Place };
  /** What else makes the gateway answer by itself. */
  readonly guards: readonly Guard[];
  /** REST of CloudFormation: `AWS::ApiGateway::Deployment` resources. Empty where SAM or a body makes them. */
  readonly deployments: readonly Deployment[];
  readonly domains: readonly Domain[];
  readonly routingRules: readonly RoutingRule[];
  /** REST: the endpoint is private. */
  readonly private: Value<boolean>;
  /** `Metadata: { lambda-cors: { ignore } }` of the resource. */
  readonly ignores: readonly string[];
}

export interface Gap {
  readonly why: string;
  readonly place: Place;
}

/** A path, with all that answers it. */
export interface Route {
  /**
   * As API Gateway has it, such as `/notes/{id}` or `/{proxy+}`; `$default` in HTTP APIs, `/` for a function URL.
   * Where the beginning is not known (a resource of another template), that part stands as `{?Name}`.
   */
  readonly path: string;
  readonly pathKnown: boolean;
  /** The path's key, or what else names it first. */
  readonly key: Place;
  /** From the key to the end of what describes the path. */
  readonly place: Place;
  readonly methods: readonly Method[];
  readonly options: OptionsAnswer;
}

/** What answers an OPTIONS request to a path. */
export type OptionsAnswer =
  /** A method of this route: `OPTIONS` itself, or `ANY`. `covering` is set where it is a greedier route's. */
  | { readonly by: 'method'; readonly method: Method; readonly covering?: string }
  /** `CorsConfiguration` of an HTTP API, or `Cors` of a function URL. */
  | { readonly by: 'cors' }
  /** REST: 403 Missing Authentication Token. HTTP API: 404. */
  | { readonly by: 'nothing' }
  /** Not everything could be read. */
  | { readonly by: 'unknown'; readonly why: string };

export interface Method {
  /** Upper case; `ANY` for all. */
  readonly method: string;
  /** `AWS::ApiGateway::Method`, `AWS::ApiGatewayV2::Route`, or the function and event as `Function.Event`. */
  readonly id?: string;
  /** The method's key in a definition, the logical id, or the event's name. */
  readonly key: Place;
  readonly place: Place;
  readonly condition?: string;
  /** `sam-cors` is the OPTIONS that SAM makes of `Cors`: its values stand where `Cors` is. */
  readonly made: 'written' | 'sam-event' | 'sam-cors';
  readonly auth: Auth;
  readonly apiKey: Requirement;
  /** A validator answers 400 by itself. */
  readonly validator?: Place;
  readonly parameters: readonly HeaderParameter[];
  /** The media types of request bodies that are declared, such as `application/json`; empty where none is. */
  readonly consumes: readonly string[];
  readonly integration: Integration;
  /** Method responses; of OpenAPI, `responses`. */
  readonly responses: readonly MethodResponse[];
  /** Logical id of the function behind it, where that is in the template. */
  readonly function?: string;
  readonly ignores: readonly string[];
}

/** Who must be authenticated before the method is called. */
export interface Auth {
  /** `key` alone is not here: see `apiKey`. `unknown`: an intrinsic that cannot be resolved. */
  readonly kind: 'none' | 'iam' | 'cognito' | 'lambda' | 'jwt' | 'authorizer' | 'unknown';
  /** Name or logical id of the authorizer. */
  readonly authorizer?: string;
  /** Where it is said: the method's own, the default, or the root `security`. */
  readonly place: Place;
  /** `default`: nobody wrote it at the method. */
  readonly from: 'method' | 'default';
  /** Headers that a caller has to send for it, lower case: `authorization`, or the identity sources. */
  readonly headers: readonly string[];
}

/** Something that is required or not, and where that is said. */
export interface Requirement {
  readonly value: Value<boolean>;
  readonly from: 'method' | 'default';
}

export interface HeaderParameter {
  readonly name: string;
  readonly required: Value<boolean>;
  readonly key: Place;
}

export interface Integration {
  /** `lambda` and `http` are not proxies: each response is mapped. `none`: there is no integration. */
  readonly kind: 'mock' | 'lambda' | 'lambda-proxy' | 'aws' | 'http' | 'http-proxy' | 'none' | 'unknown';
  readonly key: Place;
  readonly place: Place;
  readonly requestTemplates: readonly Template[];
  /** False where the templates could not be read. */
  readonly templatesKnown: boolean;
  readonly contentHandling?: Value<Scalar>;
  readonly passthroughBehavior?: Value<Scalar>;
  readonly responses: readonly IntegrationResponse[];
  /** False where they could not be read. */
  readonly responsesKnown: boolean;
  /** HTTP APIs: the version of the event. */
  readonly payload?: Value<Scalar>;
}

/** A mapping template. */
export interface Template {
  readonly contentType: string;
  readonly key: Place;
  readonly text: Value<Scalar>;
}

export interface IntegrationResponse {
  readonly statusCode: Value<Scalar>;
  /** The selection pattern; `default` or absent is the one for everything else. */
  readonly selection?: Value<Scalar>;
  readonly key: Place;
  readonly place: Place;
  readonly headers: readonly HeaderMapping[];
  /** False where the mappings could not be read. */
  readonly headersKnown: boolean;
  readonly templates: readonly Template[];
  readonly contentHandling?: Value<Scalar>;
}

/** `method.response.header.Access-Control-Allow-Origin: "'*'"` and the like. */
export interface HeaderMapping {
  /** Without `method.response.header.` or `gatewayresponse.header.`. */
  readonly name: string;
  readonly key: Place;
  /** As it is written, inner quotes included; `mappingOf` tells static values from expressions. */
  readonly value: Value<Scalar>;
}

export interface MethodResponse {
  readonly status: Value<Scalar>;
  readonly key: Place;
  readonly place: Place;
  readonly headers: readonly { readonly name: string; readonly key: Place }[];
  readonly headersKnown: boolean;
}

export interface GatewayResponse {
  /** `DEFAULT_4XX`, `UNAUTHORIZED`, … */
  readonly type: Value<Scalar>;
  readonly key: Place;
  readonly place: Place;
  readonly condition?: string;
  readonly statusCode?: Value<Scalar>;
  /** Where it is written: `resource` is an `AWS::ApiGateway::GatewayResponse` of that logical id. */
  readonly where: 'sam' | 'body' | 'resource';
  readonly id?: string;
  readonly headers: readonly HeaderMapping[];
  readonly headersKnown: boolean;
}

export interface Authorizer {
  readonly name: string;
  readonly kind: 'iam' | 'cognito' | 'lambda' | 'jwt' | 'unknown';
  readonly key: Place;
  /** Lower-case names of the request headers that it reads. */
  readonly headers: readonly string[];
}

export interface Guard {
  readonly kind: 'waf' | 'usage plan' | 'validator' | 'resource policy';
  readonly place: Place;
}

/**
 * A CORS feature as it is written: SAM's `Cors` of a REST API, `CorsConfiguration` of an HTTP API, `Cors` of a function
 * URL, `x-amazon-apigateway-cors`.
 */
export interface CorsSetting {
  readonly where: 'sam-rest' | 'http' | 'url' | 'openapi';
  /** `globals`: it comes from SAM's Globals. */
  readonly from: 'resource' | 'globals';
  readonly key: Place;
  readonly place: Place;
  /** `string`: `Cors: "'*'"`. `true`: `CorsConfiguration: true`. `empty`: no settings in it. */
  readonly form: 'string' | 'true' | 'false' | 'map' | 'empty' | 'unknown';
  readonly allowOrigins?: Setting;
  readonly allowMethods?: Setting;
  readonly allowHeaders?: Setting;
  readonly exposeHeaders?: Setting;
  readonly maxAge?: Setting;
  readonly allowCredentials?: Setting;
  /** Keys that the feature does not know. */
  readonly others: readonly { readonly name: string; readonly key: Place }[];
  /**
   * REST of SAM: the paths (as in `routes`) that got an OPTIONS method of it. Empty: it has no effect, whatever it
   * says.
   */
  readonly applied: readonly string[];
}

export interface Setting {
  /** As it is written: `AllowOrigin`, `AllowOrigins`, `allowOrigins`. */
  readonly name: string;
  readonly key: Place;
  readonly value: Value<Written>;
}

export interface Deployment {
  readonly id: string;
  readonly key: Place;
  readonly place: Place;
  readonly dependsOn: readonly { readonly id: string; readonly place: Place }[];
  /** Logical ids that it depends on, directly or through others, by `DependsOn`, `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
  readonly reaches: ReadonlySet<string>;
}

export interface Domain {
  readonly id: string;
  readonly key: Place;
  readonly name: Value<Scalar>;
  /** Where mutual TLS is switched on. */
  readonly mutualTls?: Place;
}

export interface RoutingRule {
  readonly id: string;
  readonly key: Place;
  /** The request headers that its conditions ask for, as written. */
  readonly headers: readonly { readonly name: Value<Scalar>; readonly place: Place }[];
}
