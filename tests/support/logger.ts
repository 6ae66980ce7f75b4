import type { CorsLogger } from '../../src/index.js';

interface Entry {
  readonly level: 'error' | 'warn';
  readonly message: string;
  readonly details: readonly unknown[];
}

/** A logger that remembers what it was told. */
export function memoryLogger(): CorsLogger & {
  readonly entries: readonly Entry[];
  readonly lines: string[];
  readonly details: unknown[];
} {
  const entries: Entry[] = [];
  const lines: string[] = [];
  const details: unknown[] = [];
  function remember(level: Entry['level'], message: string, more: readonly unknown[]): void {
    entries.push({ level, message, details: more });
    lines.push(message);
    details.push(...more);
  }
  return {
    entries,
    lines,
    details,
    error: (message, ...more) => remember('error', message, more),
    warn: (message, ...more) => remember('warn', message, more),
  };
}
