/** What a terminal obeys, or shows as something else: control characters, marks of direction, line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const MAX_TEXT = 1000;

/** Text from elsewhere as one line that is safe to print, cut where nobody reads on. */
export function printableText(text: string): string {
  const start = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return start.replace(UNPRINTABLE, escapeCharacter);
}

/** JSON that is safe to print: `JSON.stringify` itself leaves most characters above ASCII as they are. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) => (character === '\n' ? character : escapeCharacter(character)));
}

/** A patch that is safe to print, and still applies to a file with tabs or with line ends of Windows. */
export function printablePatch(patch: string): string {
  return patch.replace(UNPRINTABLE, (character, at: number) => {
    const isLayout = character === '\n' || character === '\t' || (character === '\r' && patch[at + 1] === '\n');
    return isLayout ? character : escapeCharacter(character);
  });
}

function escapeCharacter(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
