/**
 * Whether a value is an object that was written as one: not an array, a promise or an instance of a class, and with
 * nothing in it that cannot be enumerated.
 */
export function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Each realm has an Object.prototype of its own, so another one is told by what it has. An object that inherits from
  // one without a prototype is not plain: it may inherit keys.
  const isWritten =
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf'));
  return isWritten && Object.getOwnPropertyNames(value).length === Object.keys(value).length;
}
