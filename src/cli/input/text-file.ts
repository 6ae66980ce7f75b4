import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { misuse } from './misuse.js';

/** No template may be larger, and no policy is. */
const MAX_BYTES = 5 * 1024 * 1024;

/**
 * The bytes of a file that the user has named.
 *
 * @param kind What the file should be, such as `a template`.
 * @param file Where it is, if that is not its name.
 * @throws {Misuse} For what is not a readable file of text in UTF-8.
 */
export function readBytes(given: string, kind: string, file = given): Buffer {
  const handle = open(given, kind, file);
  try {
    const stats = fstatSync(handle);
    if (stats.isDirectory()) throw misuse(`${shownName(given)} is a folder; give the path of ${kind}`);
    if (!stats.isFile()) throw misuse(`${shownName(given)} is not a regular file; give the path of ${kind}`);
    if (stats.size > MAX_BYTES) {
      throw misuse(`${shownName(given)} is larger than 5 MB, more than any template may be; give the path of ${kind}`);
    }
    const bytes = readFileSync(handle);
    checkEncoding(given, bytes);
    return bytes;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === undefined ? error : unreadable(given, error);
  } finally {
    closeSync(handle);
  }
}

/** The same as text; a mark of byte order stays in it. */
export function readText(given: string, kind: string, file = given): string {
  return readBytes(given, kind, file).toString('utf8');
}

/** @throws {Misuse} Where there is no such file, or it is another thing. */
export function checkIsFile(given: string, kind: string, file = given): void {
  try {
    const stats = statSync(file);
    if (stats.isFile()) return;
    const found = stats.isDirectory() ? 'a folder' : 'not a regular file';
    throw misuse(`${shownName(given)} is ${found}; give the path of ${kind}`);
  } catch (error) {
    throw faultOfPath(given, kind, error);
  }
}

/** A name that nobody would see is written in quotation marks. */
export function shownName(given: string): string {
  return given.trim() === given && given !== '' ? given : JSON.stringify(given);
}

/** A pipe without a writer would be waited for; so it is not. */
function open(given: string, kind: string, file: string): number {
  try {
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw faultOfPath(given, kind, error);
  }
}

function faultOfPath(given: string, kind: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  if (given === '' || code === 'ENOENT' || code === 'ENOTDIR') {
    return misuse(`${shownName(given)} does not exist; give the path of ${kind}`);
  }
  return unreadable(given, error);
}

function unreadable(given: string, error: unknown): unknown {
  return misuse(`${shownName(given)} cannot be read: ${(error as NodeJS.ErrnoException).code}; check its permissions`);
}

/** What is not UTF-8 would be read as something else. */
function checkEncoding(given: string, bytes: Buffer): void {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    if (!isUtf16) new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw misuse(`${shownName(given)} is not UTF-8; save it as UTF-8 first`);
  }
  if (isUtf16) throw misuse(`${shownName(given)} is UTF-16; save it as UTF-8 first`);
}
