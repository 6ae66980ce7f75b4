// Whether an answer does what the request needs, so that no number is compared that stands for another job.

/** The lines of a response header in both maps of a result, whatever its case; `undefined` when there is none. */
export function headerOf(result, wanted) {
  const lines = [result?.headers, result?.multiValueHeaders].flatMap((map) =>
    Object.entries(map ?? {})
      .filter(([name]) => name.toLowerCase() === wanted)
      .flatMap(([, value]) => value),
  );
  return lines.length > 0 ? lines.join(', ') : undefined;
}

/** `ok` when a browser and its user get what they should; `remark` says why not, or at what price. */
export function judge({ method, origin, id, asks }, expectAllowed, { result, error }) {
  if (error !== undefined) return { ok: false, remark: 'rejects' };
  const shared = passes(headerOf(result, 'access-control-allow-origin'), [origin].flat()[0]);
  const status = Number(result.statusCode);
  if (!expectAllowed) return shared ? { ok: false, remark: 'allows it' } : fine(result, method);
  if (!shared) return { ok: false, remark: 'no CORS' };
  if (id === 'broken') return status >= 500 ? { ok: true } : { ok: false, remark: `status ${status}` };
  if (status < 200 || status > 299) return { ok: false, remark: `status ${status}` };
  if (method === 'OPTIONS' && !grants(result, asks)) return { ok: false, remark: 'names too little' };
  return fine(result, method);
}

/** https://fetch.spec.whatwg.org/#concept-cors-check, without credentials */
function passes(allowed, origin) {
  return allowed === '*' || allowed === origin;
}

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch, for the headers that the events ask for */
function grants(result, asks) {
  const methods = listOf(result, 'access-control-allow-methods');
  const headers = listOf(result, 'access-control-allow-headers');
  return methods.includes(asks.toLowerCase()) && ['authorization', 'content-type'].every((it) => headers.includes(it));
}

function listOf(result, name) {
  return (headerOf(result, name) ?? '').toLowerCase().split(/\s*,\s*/);
}

function fine(result, method) {
  const handled = method === 'OPTIONS' && String(result.body).includes('Buy milk');
  return handled ? { ok: true, remark: 'runs the handler' } : { ok: true };
}
