export interface Block {
  readonly page: string;
  /** Its place among the blocks of the page. */
  readonly at: number;
  /** Whether nothing is between it and the block before. */
  readonly follows: boolean;
  readonly name: string;
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

export const PAGES: readonly string[];
export function textOf(page: string): string;
export function blocksOf(page: string, text?: string): readonly Block[];
export function blockOf(page: string, file: string): Block;
