import type { HeaderMapping, Method } from './method.js';
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
  /** Every path, with all that answers it. */
  readonly routes: readonly Route[];
  /** The gateway's own CORS feature, as it is written: even where it has no effect. */
  readonly cors?: CorsSetting;
  /** REST: what the gateway's own errors carry. */
  readonly gatewayResponses: readonly GatewayResponse[];
  /** REST. `~1` is decoded to `/`. */
  readonly binaryMediaTypes: readonly Value<string>[];
  /** The authorizers that it defines. */
  readonly authorizers: readonly Authorizer[];
  /** The authorizer of methods that name none; place is where that is said. */
  readonly defaultAuthorizer?: { readonly name: Value<string>; readonly place: Place };
  /** What else makes the gateway answer by itself. */
  readonly guards: readonly Guard[];
  /** REST of CloudFormation: `AWS::ApiGateway::Deployment` resources. Empty where SAM or a body makes them. */
  readonly deployments: readonly Deployment[];
  /** The custom domains that lead to it. */
  readonly domains: readonly Domain[];
  /** The rules of custom domains that lead to it by a header. */
  readonly routingRules: readonly RoutingRule[];
  /** REST: the endpoint is private. */
  readonly private: Value<boolean>;
  /** `Metadata: { lambda-cors: { ignore } }` of the resource. */
  readonly ignores: readonly string[];
}

/** Something that could not be read. */
export interface Gap {
  /** Why, in a few words. */
  readonly why: string;
  /** Where it is written. */
  readonly place: Place;
}

/** A path, with all that answers it. */
export interface Route {
  /**
   * As API Gateway has it, such as `/notes/{id}` or `/{proxy+}`; `$default` in HTTP APIs, `/` for a function URL.
   * Where the beginning is not known (a resource of another template), that part stands as `{?Name}`.
   */
  readonly path: string;
  /** False where the path begins in another template. */
  readonly pathKnown: boolean;
  /** The path's key, or what else names it first. */
  readonly key: Place;
  /** From the key to the end of what describes the path. */
  readonly place: Place;
  /** Its methods, as they are written, and those that SAM makes. */
  readonly methods: readonly Method[];
  /** What answers an OPTIONS request to it. */
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

/** What an error of the gateway itself carries. */
export interface GatewayResponse {
  /** `DEFAULT_4XX`, `UNAUTHORIZED`, … */
  readonly type: Value<Scalar>;
  /** Where its key is written. */
  readonly key: Place;
  /** From its key to the end of it. */
  readonly place: Place;
  /** `Condition` of the resource. */
  readonly condition?: string;
  /** The status that it is given. */
  readonly statusCode?: Value<Scalar>;
  /** Where it is written: `resource` is an `AWS::ApiGateway::GatewayResponse` of that logical id. */
  readonly where: 'sam' | 'body' | 'resource';
  /** The logical id of the resource. */
  readonly id?: string;
  /** The headers that it adds. */
  readonly headers: readonly HeaderMapping[];
  /** False where they could not be read. */
  readonly headersKnown: boolean;
}

/** An authorizer of an API. */
export interface Authorizer {
  /** Its name or logical id. */
  readonly name: string;
  /** What kind it is. */
  readonly kind: 'iam' | 'cognito' | 'lambda' | 'jwt' | 'unknown';
  /** Where its key is written. */
  readonly key: Place;
  /** Lower-case names of the request headers that it reads. */
  readonly headers: readonly string[];
}

/** Something that makes the gateway answer by itself. */
export interface Guard {
  /** What it is. */
  readonly kind: 'waf' | 'usage plan' | 'validator' | 'resource policy';
  /** Where it is written. */
  readonly place: Place;
}

/**
 * A CORS feature as it is written: SAM's `Cors` of a REST API, `CorsConfiguration` of an HTTP API, `Cors` of a function
 * URL, `x-amazon-apigateway-cors`.
 */
export interface CorsSetting {
  /** Which feature it is. */
  readonly where: 'sam-rest' | 'http' | 'url' | 'openapi';
  /** `globals`: it comes from SAM's Globals. */
  readonly from: 'resource' | 'globals';
  /** Where its key is written. */
  readonly key: Place;
  /** From its key to the end of it. */
  readonly place: Place;
  /** `string`: `Cors: "'*'"`. `true`: `CorsConfiguration: true`. `empty`: no settings in it. */
  readonly form: 'string' | 'true' | 'false' | 'map' | 'empty' | 'unknown';
  /** The origins. */
  readonly allowOrigins?: Setting;
  /** The methods. */
  readonly allowMethods?: Setting;
  /** The request headers. */
  readonly allowHeaders?: Setting;
  /** The response headers that scripts may read. */
  readonly exposeHeaders?: Setting;
  /** The seconds that a preflight is remembered. */
  readonly maxAge?: Setting;
  /** Whether credentials are allowed. */
  readonly allowCredentials?: Setting;
  /** Keys that the feature does not know. */
  readonly others: readonly { readonly name: string; readonly key: Place }[];
  /**
   * REST of SAM: the paths (as in `routes`) that got an OPTIONS method of it. Empty: it has no effect, whatever it
   * says.
   */
  readonly applied: readonly string[];
}

/** One setting of a CORS feature. */
export interface Setting {
  /** As it is written: `AllowOrigin`, `AllowOrigins`, `allowOrigins`. */
  readonly name: string;
  /** Where its key is written. */
  readonly key: Place;
  /** Its value. */
  readonly value: Value<Written>;
}

/** A snapshot of a REST API that stages serve. */
export interface Deployment {
  /** Its logical id. */
  readonly id: string;
  /** Where its key is written. */
  readonly key: Place;
  /** From its key to the end of it. */
  readonly place: Place;
  /** What it waits for. */
  readonly dependsOn: readonly { readonly id: string; readonly place: Place }[];
  /** Logical ids that it depends on, directly or through others, by `DependsOn`, `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
  readonly reaches: ReadonlySet<string>;
}

/** A custom domain. */
export interface Domain {
  /** Its logical id. */
  readonly id: string;
  /** Where its key is written. */
  readonly key: Place;
  /** The domain name. */
  readonly name: Value<Scalar>;
  /** Where mutual TLS is switched on. */
  readonly mutualTls?: Place;
}

/** A rule of a custom domain that leads requests to the API. */
export interface RoutingRule {
  /** Its logical id. */
  readonly id: string;
  /** Where its key is written. */
  readonly key: Place;
  /** The request headers that its conditions ask for, as written. */
  readonly headers: readonly { readonly name: Value<Scalar>; readonly place: Place }[];
}
