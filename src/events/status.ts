/**
 * Whether a number is the status of an answer. 100 to 199 announce one that is still to come, and no gateway sends
 * them: https://www.rfc-editor.org/rfc/rfc9110#name-status-codes
 */
export function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599;
}
