import type { Place, Scalar } from './node.js';
import type { Value } from './value.js';

/** A method of a path, with what is behind it. */
export interface Method {
  /** Upper case; `ANY` for all. */
  readonly method: string;
  /** `AWS::ApiGateway::Method`, `AWS::ApiGatewayV2::Route`, or the function and event as `Function.Event`. */
  readonly id?: string;
  /** The method's key in a definition, the logical id, or the event's name. */
  readonly key: Place;
  /** From its key to the end of what describes it. */
  readonly place: Place;
  /** `Condition` of the resource. */
  readonly condition?: string;
  /** `sam-cors` is the OPTIONS that SAM makes of `Cors`: its values stand where `Cors` is. */
  readonly made: 'written' | 'sam-event' | 'sam-cors';
  /** Who must be authenticated. */
  readonly auth: Auth;
  /** Whether it needs an API key. */
  readonly apiKey: Requirement;
  /** A validator answers 400 by itself. */
  readonly validator?: Place;
  /** The request headers that it declares. */
  readonly parameters: readonly HeaderParameter[];
  /** The media types of request bodies that are declared, such as `application/json`; empty where none is. */
  readonly consumes: readonly string[];
  /** What is behind it. */
  readonly integration: Integration;
  /** Method responses; of OpenAPI, `responses`. */
  readonly responses: readonly MethodResponse[];
  /** Logical id of the function behind it, where that is in the template. */
  readonly function?: string;
  /** The codes of lint that `Metadata: { lambda-cors: { ignore } }` names here. */
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
  /** Whether it is required. */
  readonly value: Value<boolean>;
  /** `default`: nobody wrote it at the method. */
  readonly from: 'method' | 'default';
}

/** A request header that a method declares. */
export interface HeaderParameter {
  /** The name, as it is written. */
  readonly name: string;
  /** Whether the gateway refuses a request without it. */
  readonly required: Value<boolean>;
  /** Where its key is written. */
  readonly key: Place;
}

/** What is behind a method. */
export interface Integration {
  /** `lambda` and `http` are not proxies: each response is mapped. `none`: there is no integration. */
  readonly kind: 'mock' | 'lambda' | 'lambda-proxy' | 'aws' | 'http' | 'http-proxy' | 'none' | 'unknown';
  /** Where its key is written. */
  readonly key: Place;
  /** From its key to the end of it. */
  readonly place: Place;
  /** The mapping templates of requests. */
  readonly requestTemplates: readonly Template[];
  /** False where the templates could not be read. */
  readonly templatesKnown: boolean;
  /** `contentHandling`, as it is written. */
  readonly contentHandling?: Value<Scalar>;
  /** `passthroughBehavior`, as it is written. */
  readonly passthroughBehavior?: Value<Scalar>;
  /** How its answers are mapped. */
  readonly responses: readonly IntegrationResponse[];
  /** False where they could not be read. */
  readonly responsesKnown: boolean;
  /** HTTP APIs: the version of the event. */
  readonly payload?: Value<Scalar>;
}

/** A mapping template. */
export interface Template {
  /** The media type that it is for. */
  readonly contentType: string;
  /** Where its key is written. */
  readonly key: Place;
  /** The template. */
  readonly text: Value<Scalar>;
}

/** How an answer of what is behind a method becomes a response. */
export interface IntegrationResponse {
  /** The status that the response gets. */
  readonly statusCode: Value<Scalar>;
  /** The selection pattern; `default` or absent is the one for everything else. */
  readonly selection?: Value<Scalar>;
  /** Where its key is written. */
  readonly key: Place;
  /** From its key to the end of it. */
  readonly place: Place;
  /** The headers that it maps. */
  readonly headers: readonly HeaderMapping[];
  /** False where the mappings could not be read. */
  readonly headersKnown: boolean;
  /** The mapping templates of responses. */
  readonly templates: readonly Template[];
  /** `contentHandling`, as it is written. */
  readonly contentHandling?: Value<Scalar>;
}

/** `method.response.header.Access-Control-Allow-Origin: "'*'"` and the like. */
export interface HeaderMapping {
  /** Without `method.response.header.` or `gatewayresponse.header.`. */
  readonly name: string;
  /** Where its key is written. */
  readonly key: Place;
  /** As it is written, inner quotes included; `mappingOf` tells static values from expressions. */
  readonly value: Value<Scalar>;
}

/** A response that a method declares. */
export interface MethodResponse {
  /** Its status. */
  readonly status: Value<Scalar>;
  /** Where its key is written. */
  readonly key: Place;
  /** From its key to the end of it. */
  readonly place: Place;
  /** The headers that it declares. */
  readonly headers: readonly { readonly name: string; readonly key: Place }[];
  /** False where they could not be read. */
  readonly headersKnown: boolean;
}
