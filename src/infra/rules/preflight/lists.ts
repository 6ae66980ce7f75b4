import type { Answer, Part } from '../answers.js';
import { METHODS, spelled } from '../needs.js';
import { lineOf } from '../remedies.js';
import { allowsCredentials, namesIn, type Spelling } from '../spellings.js';
import { mayOverride } from '../template-headers.js';
import { unique } from '../words.js';

/** The answers of which it is known what lists they have: a preflight without an origin is another rule's. */
export function listing(answers: readonly Answer[], part: Part): readonly Answer[] {
  return answers.filter(
    ({ complete, sites, response }) =>
      complete && (sites.origin !== undefined || mayOverride(response, 'origin')) && !mayOverride(response, part),
  );
}

/** Whether a list allows a name: in a request with credentials * is a plain name. */
export function allows({ sites }: Answer, spelling: Spelling, name: string): boolean {
  return namesIn(spelling).some(
    (each) =>
      each.name.toLowerCase() === name.toLowerCase() || (each.name === '*' && !allowsCredentials(sites.credentials)),
  );
}

/** Credentials with * are a finding of their own, and would be the cause of all the others. */
export function hasLiteralStar({ sites }: Answer, spelling: Spelling): boolean {
  return allowsCredentials(sites.credentials) && namesIn(spelling).some(({ name }) => name === '*');
}

/** A list that is not there. */
export function nothingAt(place: Answer['key']): Spelling {
  return { texts: [], halves: [], complete: true, absent: true, place };
}

/** The setting as it should be written, with names added. */
export function written(
  answer: Answer,
  part: 'methods' | 'headers',
  spelling: Spelling,
  added: readonly string[],
): string {
  const given = namesIn(spelling).map(({ name }) => name);
  const names = unique([
    ...given.filter((name) => part === 'headers' || METHODS.has(name)),
    ...added.map((name) => (part === 'headers' ? spelled(name) : name)),
  ]);
  return lineOf(answer, part, names);
}
