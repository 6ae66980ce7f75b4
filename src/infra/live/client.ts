/**
 * `APIGateway` of `@aws-sdk/client-api-gateway`, or a fake with the methods that are called. Described here, so that the
 * types of this package do not need that one.
 */
export interface ApiGatewayClient {
  /** Tells `APIGateway` from `APIGatewayClient`, which has no methods for the calls. */
  getRestApi(input: { restApiId: string }): Promise<{ readonly name?: string | undefined }>;
}

/** What is called of it. */
export interface FullClient extends ApiGatewayClient {
  getRestApi(input: Api): Promise<RawApi>;
  getResources(input: Api & { embed?: string[]; limit?: number; position?: string }): Promise<Page<RawResource>>;
  getAuthorizers(input: Api & { limit?: number; position?: string }): Promise<Page<RawAuthorizer>>;
  getGatewayResponses(input: Api & { limit?: number; position?: string }): Promise<Page<RawGatewayResponse>>;
  getGatewayResponse(input: Api & { responseType: never }): Promise<RawGatewayResponse>;
  getMethod(input: Api & OfMethod): Promise<RawMethod>;
  getStage(input: Api & { stageName: string }): Promise<RawStage>;
  getDeployment(input: Api & { deploymentId: string; embed?: string[] }): Promise<RawDeployment>;
  putMethod(input: Api & OfMethod & { authorizationType: string; apiKeyRequired?: boolean }): Promise<unknown>;
  updateMethod(input: Api & OfMethod & Patched): Promise<unknown>;
  deleteMethod(input: Api & OfMethod): Promise<unknown>;
  putMethodResponse(input: Api & OfMethod & OfStatus): Promise<unknown>;
  updateMethodResponse(input: Api & OfMethod & OfStatus & Patched): Promise<unknown>;
  deleteMethodResponse(input: Api & OfMethod & OfStatus): Promise<unknown>;
  putIntegration(input: Api & OfMethod & { type: never }): Promise<unknown>;
  updateIntegration(input: Api & OfMethod & Patched): Promise<unknown>;
  deleteIntegration(input: Api & OfMethod): Promise<unknown>;
  putIntegrationResponse(input: Api & OfMethod & OfStatus): Promise<unknown>;
  deleteIntegrationResponse(input: Api & OfMethod & OfStatus): Promise<unknown>;
  putGatewayResponse(input: Api & { responseType: never }): Promise<unknown>;
  deleteGatewayResponse(input: Api & { responseType: never }): Promise<unknown>;
  createDeployment(input: Api & { stageName: string; description?: string }): Promise<RawDeployment>;
}

interface Api {
  restApiId: string;
}

export interface OfMethod {
  resourceId: string;
  httpMethod: string;
}

export interface OfStatus {
  statusCode: string;
}

interface Patched {
  patchOperations: PatchOperation[];
}

export interface PatchOperation {
  op: 'add' | 'replace' | 'remove';
  path: string;
  value?: string;
}

interface Page<Item> {
  readonly items?: readonly Item[] | undefined;
  readonly position?: string | undefined;
}

export interface RawApi {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly binaryMediaTypes?: readonly string[] | undefined;
  readonly endpointConfiguration?: { readonly types?: readonly string[] | undefined } | undefined;
  readonly disableExecuteApiEndpoint?: boolean | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface RawResource {
  readonly id?: string | undefined;
  readonly path?: string | undefined;
  readonly parentId?: string | undefined;
  readonly pathPart?: string | undefined;
  readonly resourceMethods?: Readonly<Record<string, RawMethod>> | undefined;
}

export interface RawMethod {
  readonly httpMethod?: string | undefined;
  readonly authorizationType?: string | undefined;
  readonly authorizerId?: string | undefined;
  readonly apiKeyRequired?: boolean | undefined;
  readonly methodResponses?: Readonly<Record<string, object>> | undefined;
  readonly methodIntegration?: RawIntegration | undefined;
}

interface RawIntegration {
  readonly integrationResponses?: Readonly<Record<string, object>> | undefined;
}

export interface RawAuthorizer {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly identitySource?: string | undefined;
}

export interface RawGatewayResponse {
  readonly responseType?: string | undefined;
  readonly defaultResponse?: boolean | undefined;
}

interface RawStage {
  readonly deploymentId?: string | undefined;
  readonly canarySettings?: object | undefined;
}

export interface RawDeployment {
  readonly id?: string | undefined;
  readonly createdDate?: Date | undefined;
  readonly apiSummary?:
    | Readonly<
        Record<
          string,
          Readonly<
            Record<
              string,
              { readonly authorizationType?: string | undefined; readonly apiKeyRequired?: boolean | undefined }
            >
          >
        >
      >
    | undefined;
}
