// All that the library uses of its surroundings: every Node.js has these, and nothing is imported.
declare const console: { error(...data: unknown[]): void; warn(...data: unknown[]): void };
declare class URL {
  constructor(url: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly port: string;
}
declare function atob(base64: string): string;
