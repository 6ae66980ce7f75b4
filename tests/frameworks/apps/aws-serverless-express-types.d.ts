// What the tests use of the adapter, which comes without types.
declare module 'aws-serverless-express' {
  export interface Server {
    close(): void;
  }
  type Callback = (error: unknown, result?: unknown) => void;
  export function createServer(app: unknown): Server;
  export function proxy(server: Server, event: unknown, context: unknown): Server;
  export function proxy(
    server: Server,
    event: unknown,
    context: unknown,
    resolutionMode: 'CONTEXT_SUCCEED' | 'CALLBACK' | 'PROMISE',
    callback?: Callback,
  ): { readonly promise: Promise<unknown> };
}
