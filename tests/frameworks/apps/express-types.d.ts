// The part of Express that the application in this folder uses. Express comes without types.
declare module 'express' {
  interface Request {
    readonly body: unknown;
  }
  interface Response {
    set(headers: Readonly<Record<string, string>>): Response;
    append(name: string, value: string): Response;
    status(code: number): Response;
    json(body: unknown): Response;
  }
  type Handler = (request: Request, response: Response) => void;
  interface Application {
    (): void;
    set(name: 'env', value: string): Application;
    use(middleware: unknown): Application;
    get(path: string, handler: Handler): Application;
    post(path: string, handler: Handler): Application;
  }
  function express(): Application;
  namespace express {
    function json(): unknown;
  }
  export = express;
}
