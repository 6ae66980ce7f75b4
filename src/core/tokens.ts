/**
 * What methods and header names are made of: https://www.rfc-editor.org/rfc/rfc9110#name-tokens
 * A loop, since V8 compiles each regular expression twice, which is a good part of a cold start.
 */
export function isToken(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
    if (!isLetter && !(code >= 48 && code <= 57) && !"-!#$%&'*+.^_`|~".includes(text.charAt(at))) return false;
  }
  return text !== '';
}

/** The tokens among the elements of a header value, each once whatever its case; anything else is left out. */
export function listTokens(elements: readonly string[]): readonly string[] {
  const names = new Map<string, string>();
  for (const part of elements) {
    const name = part.trim();
    const key = name.toLowerCase();
    if (isToken(name) && !names.has(key)) names.set(key, name);
  }
  return [...names.values()];
}
