// All that the library uses of its surroundings: every Node.js has these, and nothing is imported.
declare const console: { error(...data: unknown[]): void; warn(...data: unknown[]): void };
declare class URL {
  constructor(url: string);
  static canParse(url: string): boolean;
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
declare const Buffer: {
  from(text: string, encoding: string): Uint8Array;
  concat(chunks: readonly Uint8Array[]): Uint8Array;
};
declare function setTimeout(call: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare var process: { on(event: 'beforeExit', listener: () => void): void } | undefined;
// Every Node.js has these too.
declare function atob(base64: string): string;
declare function btoa(bytes: string): string;
