import { printable } from '../core/printable.js';

/** What the command and the functions of `lambda-cors/infra` throw for a file that they cannot use. */
export class TemplateError extends Error {
  /** The file, as it was named. */
  readonly path: string;
  /** The message without the path, from where in the file on. */
  readonly rest: string;

  /**
   * @param reason What is wrong, and what to do about it, in one line.
   * @param at Where, counted from 1.
   */
  constructor(path: string, reason: string, at?: { readonly line: number; readonly column: number }) {
    const rest = printable(`${at === undefined ? '' : `:${at.line}:${at.column}`}: ${reason}`);
    super(`${printable(path)}${rest}`);
    this.name = 'TemplateError';
    this.path = path;
    this.rest = rest;
  }
}
