import { writeFileSync } from 'node:fs';
import { isPlanned } from '../../../infra/live/undo.js';
import { type Plan, undoOf } from '../../../infra.js';
import { misuse } from '../../input/misuse.js';
import { readText } from '../../input/text-file.js';

/** What a file that takes a plan back has in it. */
export interface Undo {
  readonly region: string;
  readonly plan: Plan;
}

const VERSION = 1;

/** Saves what a plan replaces, before anything is replaced. @returns The name of the file. */
export function saveUndo(region: string, { restApiId, steps }: Plan, now: Date): string {
  const stamp = now.toISOString().replace(/\.\d+|[-:]/g, '');
  const text = `${JSON.stringify({ version: VERSION, restApiId, region, steps }, null, 2)}\n`;
  for (let number = 1; ; number += 1) {
    const name = `lambda-cors-undo-${restApiId}-${stamp}${number === 1 ? '' : `-${number}`}.json`;
    try {
      writeFileSync(name, text, { flag: 'wx', mode: 0o600 });
      return name;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      throw misuse(`${name} cannot be written: ${code}; run it in a folder where it can, since --undo needs it`);
    }
  }
}

export function readUndo(path: string): Undo {
  let value: { readonly version?: unknown; readonly region?: unknown } | null;
  const text = readText(path, 'the file that enable named before it changed the API');
  try {
    value = JSON.parse(text);
  } catch {
    throw misuse(`${path} is not JSON; ${REMEDY}`);
  }
  if (value?.version !== VERSION || typeof value.region !== 'string' || !isPlanned(value)) {
    throw misuse(`${path} is not what enable saves; ${REMEDY}`);
  }
  return { region: value.region, plan: undoOf(value) };
}

const REMEDY = 'give the file that enable named before it changed the API';
