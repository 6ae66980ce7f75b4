import { printable, UNPRINTABLE } from '../core/printable.js';

/** What loggers print as it is. They escape what else an error has. */
const SHOWN = ['name', 'message', 'stack', 'cause', 'errors'];

/**
 * What was thrown, for a log: itself, or a copy whose text is escaped, because errors quote what clients have sent. Line
 * breaks stay. The copy of an error is an `Error` with all of its properties.
 *
 * @param depth How far causes are followed, which may lead in a circle.
 */
export function forLog(thrown: unknown, depth = 5): unknown {
  if (typeof thrown === 'string') return printable(thrown, new RegExp(`(?!\\n)${UNPRINTABLE}`, 'gu'));
  try {
    if (Array.isArray(thrown)) {
      const list = thrown.map((each) => forLog(each, depth));
      return list.some((each, at) => each !== thrown[at]) ? list : thrown;
    }
    return thrown instanceof Error && depth > 0 ? errorForLog(thrown, depth) : thrown;
  } catch {
    // A proxy, or a getter that throws.
    return thrown;
  }
}

function errorForLog(error: Error, depth: number): Error {
  const own: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(error);
  let isSafe = true;
  for (const key of SHOWN) {
    const given: unknown = Reflect.get(error, key);
    const value = forLog(given, depth - 1);
    if (value === given) continue;
    own[key] = { value, configurable: true, writable: true };
    isSafe = false;
  }
  return isSafe ? error : Object.create(Object.getPrototypeOf(error), own);
}
