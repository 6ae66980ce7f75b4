/** A value as TypeScript has it. JSON is a part of that; only what ends a line in no other language is escaped. */
export function literal(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, 2)
    .replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replaceAll('\n', `\n${' '.repeat(indent)}`);
}
