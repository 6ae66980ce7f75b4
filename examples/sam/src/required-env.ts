/** An environment variable that the function needs. If it is missing, the start fails, and not a user's request. */
export function requiredEnv(name: string, meaning: string): string {
  const value = process.env[name];
  if (value === undefined || value.trim() === '') {
    throw new Error(`The environment variable ${name} is not set: it must hold ${meaning}.`);
  }
  return value;
}
