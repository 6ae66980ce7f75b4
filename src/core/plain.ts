/** Whether a value is an object that was written as one: no list, no promise, no instance of a class. */
export function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not compared with Object.prototype, of which each realm has its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
