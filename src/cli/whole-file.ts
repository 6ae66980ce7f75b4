import { randomUUID } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { misuse } from './misuse.js';

/** A file that is written whole or not at all. */
export interface WholeFile {
  readonly text: string;
  /**
   * Puts another text into its place, with the mode of the file.
   *
   * @throws {Misuse} Where it cannot be written, or has been changed since it was read; it is then as it was.
   */
  replace(text: string): void;
}

/** @throws {Misuse} For what is not a readable file of UTF-8, and for a link that leads out of its folder. */
export function openWhole(given: string): WholeFile {
  const path = resolve(given);
  const real = realOf(path, given);
  const stats = statSync(real);
  if (!stats.isFile()) throw misuse(`${given} is not a regular file; give the path of a template`);
  const bytes = read(real, given);
  const text = bytes.toString('utf8');
  // What is not UTF-8 would come back as something else.
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw misuse(`${given} is not UTF-8; save it as UTF-8 first`);
  return {
    text,
    replace(next) {
      if (!read(real, given).equals(bytes)) throw misuse(`${given} has been changed meanwhile; run it again`);
      write(real, next, stats, given);
    },
  };
}

function realOf(path: string, given: string): string {
  try {
    const real = realpathSync(path);
    const folder = realpathSync(dirname(path));
    if (lstatSync(path).isSymbolicLink() && !real.startsWith(`${folder}${sep}`)) {
      throw misuse(`${given} is a link to ${real}; give the path of the file itself`);
    }
    return real;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw misuse(`${given} does not exist; give the path of a template`);
  }
}

function read(file: string, given: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw misuse(`${given} cannot be read: ${(error as NodeJS.ErrnoException).code}; check its permissions`);
  }
}

/** A rename is all or nothing, within one folder. */
function write(file: string, text: string, { mode, uid, gid }: Stats, given: string): void {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  let isThere = false;
  try {
    const handle = openSync(temporary, 'wx', 0o600);
    isThere = true;
    try {
      const bytes = Buffer.from(text, 'utf8');
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fchmodSync(handle, mode & 0o7777);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    keepOwner(temporary, uid, gid);
    renameSync(temporary, file);
  } catch (error) {
    if (isThere) unlinkSync(temporary);
    throw misuse(`${given} cannot be written: ${(error as NodeJS.ErrnoException).code}; it is as it was`);
  }
}

/** Only root may give a file to somebody else. */
function keepOwner(file: string, uid: number, gid: number): void {
  const { uid: ownUid, gid: ownGid } = statSync(file);
  if (uid === ownUid && gid === ownGid) return;
  try {
    chownSync(file, uid, gid);
  } catch {
    // It is then the user's own, as with any editor that writes so.
  }
}
