const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const MOST_NAMES = 128;
const MOST_CHARACTERS = 4096;

/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The names among the elements of a header value, each once whatever its case; what is no token is left out. */
export function listTokens(elements: readonly string[]): readonly string[] {
  const names = new Map<string, string>();
  for (const part of elements) {
    const name = part.trim();
    const key = name.toLowerCase();
    if (isToken(name) && !names.has(key)) names.set(key, name);
  }
  return [...names.values()];
}

/** Access-Control-Request-Headers as it may be sent back; nothing when it is larger than a browser would send. */
export function echoHeaderNames(requested: string): string | undefined {
  if (requested.length > MOST_CHARACTERS) return undefined;
  const elements = requested.split(',', MOST_NAMES + 1);
  return elements.length > MOST_NAMES ? undefined : listTokens(elements).join(',') || undefined;
}

/** One Vary line for what the handler and the policy vary by; `*` stands for everything. */
export function mergeVary(handlers: string, policys: string): string {
  if (handlers === '') return policys;
  const names = listTokens([...handlers.split(','), ...policys.split(',')]);
  return names.includes('*') ? '*' : names.join(', ');
}
