/** An environment variable that the function cannot do without; a missing one is noticed at start, not by a user. */
export function requiredEnv(name: string, meaning: string): string {
  const value = process.env[name];
  if (value === undefined || value.trim() === '') {
    throw new Error(`The environment variable ${name} is not set: it must hold ${meaning}.`);
  }
  return value;
}
