/** Offsets in a text as it was written, ascending, before which a character was inserted to make it readable. */
export type Insertions = readonly number[];

/** The offset in the text as it was written. */
export function original(offset: number, insertions: Insertions): number {
  let passed = 0;
  while (passed < insertions.length && (insertions[passed] as number) + passed < offset) passed += 1;
  return offset - passed;
}
