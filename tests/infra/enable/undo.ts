/**
 * The lines of a document that are not in another one, in their order. A line counts as there where text has only been
 * put into it, and where its empty brackets have been opened.
 */
export function linesLost(before: string, after: string): readonly string[] {
  const lines = after.split(/\r?\n/);
  let at = 0;
  return before.split(/\r?\n/).filter((line) => {
    const found = lines.findIndex((each, index) => index >= at && isWithin(opened(line), each));
    if (found !== -1) at = found + 1;
    return found === -1;
  });
}

function opened(line: string): string {
  return line.replace(/(?:\{\}|\[\]),?$/, (brackets) => brackets[0] as string);
}

function isWithin(line: string, longer: string): boolean {
  let at = 0;
  for (const character of longer) if (character === line[at]) at += 1;
  return at === line.length;
}
