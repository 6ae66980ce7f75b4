/** How many times one call is tried, and from how long a wait on, in milliseconds. */
const MOST_TRIES = 8;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;

/**
 * Calls until it is not turned away because of too many calls: the SDK itself gives up after three, and API Gateway takes
 * only a few writes a second for a whole account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === MOST_TRIES || !isTransient(error)) throw error;
      await sleep(waitFor(error, tries));
    }
  }
}

/** Half of it by chance, so that two callers do not meet again. */
function waitFor(error: unknown, tries: number): number {
  const asked = Number((error as { readonly retryAfterSeconds?: unknown }).retryAfterSeconds) * 1000;
  if (asked > 0) return Math.min(asked, LONGEST_WAIT);
  const longest = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT);
  return longest / 2 + (Math.random() * longest) / 2;
}

function isTransient(error: unknown): boolean {
  const {
    name = '',
    message = '',
    $retryable,
  } = (error ?? {}) as {
    readonly name?: string;
    readonly message?: string;
    readonly $retryable?: { readonly throttling?: boolean };
  };
  return (
    $retryable?.throttling === true ||
    /^(?:TooManyRequests|Throttl|RequestLimitExceeded|ServiceUnavailable)/.test(name) ||
    (name === 'ConflictException' && /concurrent modification|try again/i.test(message))
  );
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
