import { randomUUID } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { misuse } from '../../input/misuse.js';
import { checkIsFile, readBytes } from '../../input/text-file.js';

const KIND = 'a template';

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
  const bytes = readBytes(given, KIND, real);
  return {
    text: bytes.toString('utf8'),
    replace(next) {
      if (!readBytes(given, KIND, real).equals(bytes))
        throw misuse(`${given} has been changed meanwhile; run it again`);
      write(real, next, stats, given);
    },
  };
}

function realOf(path: string, given: string): string {
  checkIsFile(given, KIND);
  const real = realpathSync(path);
  const folder = realpathSync(dirname(path));
  if (lstatSync(path).isSymbolicLink() && !real.startsWith(`${folder}${sep}`)) {
    throw misuse(`${given} is a link to ${real}; give the path of the file itself`);
  }
  return real;
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
