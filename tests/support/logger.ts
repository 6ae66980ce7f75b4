import type { CorsLogger } from '../../src/index.js';

/** A logger that remembers what it was told. */
export function memoryLogger(): CorsLogger & { readonly lines: string[]; readonly details: unknown[] } {
  const lines: string[] = [];
  const details: unknown[] = [];
  function remember(message: string, ...more: unknown[]): void {
    lines.push(message);
    details.push(...more);
  }
  return { lines, details, error: remember, warn: remember };
}
