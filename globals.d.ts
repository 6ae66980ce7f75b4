// All that the library uses of its surroundings: every Node.js has these, and nothing is imported.
declare const console: { error(...data: unknown[]): void; warn(...data: unknown[]): void };
declare class URL {
  constructor(url: string);
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
}
declare class TextDecoder {
  constructor(encoding?: 'utf-8', options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare const Buffer: {
  from(text: string, encoding: string): Uint8Array;
  concat(chunks: readonly Uint8Array[]): Uint8Array;
};
declare var process:
  | {
      on(event: 'beforeExit', listener: () => void): void;
      /** Since Node.js 20.16 and 22.3. */
      getBuiltinModule?(name: 'node:http'): { readonly STATUS_CODES: Readonly<Record<number, string>> } | undefined;
    }
  | undefined;
declare function atob(base64: string): string;
declare function btoa(bytes: string): string;
declare function setTimeout(callback: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;
