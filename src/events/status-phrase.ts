/**
 * The phrase of a status from 400 to 599, as Node.js has it: a list of our own would be a large part of a small package.
 * Nothing is imported, and Lambda's runtime client has loaded the module already. Where there is none, any status means
 * the same as the first of its class: https://www.rfc-editor.org/rfc/rfc9110#section-15-1
 */
export function statusPhrase(status: number): string {
  const phrase = globalThis.process?.getBuiltinModule?.('node:http')?.STATUS_CODES[status];
  return phrase ?? (status < 500 ? 'Bad Request' : 'Internal Server Error');
}
