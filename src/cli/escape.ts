/** What a terminal obeys, or shows as something that it is not: controls, marks of direction, line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from elsewhere as one line that can be printed. Nobody reads the second thousand characters. */
export function escapeText(text: string): string {
  const start = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return start.replace(UNPRINTABLE, escapeCharacter);
}

const LONGEST = 1000;

/** JSON leaves most of what is not ASCII as it is. */
export function escapeJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) => (character === '\n' ? character : escapeCharacter(character)));
}

function escapeCharacter(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
