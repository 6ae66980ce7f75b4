/** What keeps the templates from being checked; `undefined` if nothing does. */
export function toolsFault(
  cfnLint: { readonly ok: boolean; readonly stdout: string },
  python: { readonly ok: boolean },
): string | undefined;
