const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** What methods and header names are made of: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
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
