/** What methods and header names are made of: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export function isToken(text: string): boolean {
  return isMadeOf(text, "-!#$%&'*+.^_`|~");
}

/**
 * Whether a text has letters, digits and some other characters, all of ASCII, and nothing else.
 * A loop, since V8 compiles each regular expression twice, which is a good part of a cold start.
 */
export function isMadeOf(text: string, others: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // As in lower case.
    const letter = code | 0x20;
    const isPlain = (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57);
    if (!isPlain && !others.includes(text.charAt(at))) return false;
  }
  return text !== '';
}

/** The tokens in the value of a header, each once whatever its case; anything else is left out. */
export function listTokens(value: string): readonly string[] {
  const names = new Map<string, string>();
  for (const part of value.split(',')) {
    const name = part.trim();
    const key = name.toLowerCase();
    if (isToken(name) && !names.has(key)) names.set(key, name);
  }
  return [...names.values()];
}
