// Cases with a name, as a person would try them by hand.
import type { Case, LambdaHop, Step, Written, WrittenHop } from './case.js';
import type { PageOrigin } from './world.js';

type Lines = Written['lines'];

const OPEN: Lines = [
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Allow-Methods', '*'],
  ['Access-Control-Allow-Headers', '*,Authorization'],
];
const CREDENTIALS: Lines = [
  ['Access-Control-Allow-Origin', '{origin}'],
  ['Access-Control-Allow-Credentials', 'true'],
];
const NO_STORE: Lines = [['Cache-Control', 'no-store']];

function written(status: number, lines: Lines, chunks: readonly string[] = ['hello']): Written {
  return { status, lines: [...lines, ...NO_STORE], chunks };
}

function hop(answer: Written = written(200, OPEN), preflight: Written = written(204, OPEN)): WrittenHop {
  return { front: 'raw', preflight, answer };
}

function redirect(to: string, status = 302, lines: Lines = OPEN): WrittenHop {
  return hop(written(status, [...lines, ['Location', to]]));
}

const APP = 'http://app.site.test';

const SECURE_APP = 'https://app.site.test';

function secure(hop: WrittenHop): WrittenHop {
  return { ...hop, secure: true };
}

function fetches(hops: Case['hops'], steps: readonly Step[] = [{}], page: PageOrigin = APP): Case {
  return { page, steps, hops };
}

const policy = { allowOrigins: [APP], allowCredentials: true, dangerouslyAllowInsecureOrigins: true } as const;
const rest: LambdaHop = { front: 'rest', policy, result: { statusCode: 200, headers: { 'X-A': '1' }, body: 'hello' } };
const put: Step = { method: 'PUT' };
const authorization: Step = { headers: [['Authorization', 'Basic dTpw']] };
const include: Step = { credentials: 'include' };

/** A preflight with a Max-Age, and the same request once more after some milliseconds. */
function maxAge(value: string | undefined, wait: number): Case {
  const lines: Lines = value === undefined ? [] : [['Access-Control-Max-Age', value]];
  return fetches([hop(undefined, written(204, [...OPEN, ...lines]))], [put, { ...put, wait }]);
}

/** A request, and the answer to its preflight. */
function answered(step: Step, lines: Lines): Case {
  return fetches([hop(undefined, written(204, [['Access-Control-Allow-Origin', '*'], ...lines]))], [step]);
}

export const PICKED: Readonly<Record<string, Case>> = {
  'an https page and an https API': fetches([secure(hop())], [{}, put], SECURE_APP),
  'an https page and an http API': fetches([hop()], [{}, put, { ...put, fragment: 'x' }], SECURE_APP),
  'an http page and an https API': fetches([{ ...secure(hop()), far: true }], [{}, put]),
  'an https page, and a redirect to http': fetches([secure(redirect('{1}#x')), hop()], [{}, put], SECURE_APP),
  'an https page, and a redirect to http without permission': fetches(
    [secure(redirect('{1}', 302, [])), hop()],
    [{}],
    SECURE_APP,
  ),
  'an https page, and a redirect of its own server to http': fetches(
    [{ ...redirect('{1}'), front: 'home' }, hop()],
    [{}],
    SECURE_APP,
  ),
  'an https page, and a preflight that is redirected to http': fetches(
    [secure(hop(undefined, written(307, [...OPEN, ['Location', '{1}']]))), hop()],
    [put],
    SECURE_APP,
  ),
  'an https page, http, and a bad port': fetches([{ ...hop(), port: 6000 }], [{}], SECURE_APP),
  'an https page, and http on the computer itself': fetches(
    [{ ...hop(), host: 'raw.localhost' }],
    [{}, put],
    SECURE_APP,
  ),
  'an https page, and a redirect from the computer itself to http': fetches(
    [{ ...redirect('{1}'), host: 'raw.localhost' }, hop()],
    [{}],
    SECURE_APP,
  ),
  'an http page, and the computer itself': fetches([{ ...hop(), host: 'raw.localhost' }], [{}, put]),
  'a bad port': fetches([{ ...hop(), port: 6000 }], [{}, put]),
  'a bad port that Chromium does not know': fetches([{ ...hop(), port: 4190 }], [{}, put]),
  'a redirect to a bad port': fetches([redirect('{1}'), { ...hop(), port: 22 }]),
  'a redirect to a bad port, twice': fetches([redirect('{1}', 307), { ...hop(), port: 22 }], [put, put]),
  'another port': fetches([{ ...hop(), port: 81 }], [{}, put]),
  'a redirect within one origin': fetches([redirect('{/1}'), hop()]),
  'a redirect to a third origin: null must be allowed': fetches([
    redirect('{1}'),
    { ...hop(written(200, CREDENTIALS)), far: true },
  ]),
  'a redirect to a third origin that allows the page only': fetches([
    redirect('{1}'),
    { ...hop(written(200, [['Access-Control-Allow-Origin', APP]])), far: true },
  ]),
  'a redirect from home': fetches([{ ...redirect('{1}', 307, []), front: 'home' }, hop()], [put]),
  'a redirect back home': fetches([redirect('{1}'), { ...hop(written(200, [])), front: 'home' }]),
  'a redirect without CORS headers': fetches([redirect('{1}', 302, []), hop()]),
  'PUT that becomes GET, and is redirected in the same way': fetches(
    [redirect('{1}', 303), redirect('{2}', 303), hop()],
    [{ ...put, headers: [['Content-Type', 'application/json']], body: '{}' }],
  ),
  'POST that becomes GET, and is redirected, at home': fetches(
    [
      { ...redirect('{1}'), front: 'home' },
      { ...redirect('{2}', 307), front: 'home' },
      { ...hop(), front: 'home' },
    ],
    [{ method: 'POST', headers: [['Content-Language', 'en']], body: 'x' }],
  ),
  'two types of a body, and a redirect': fetches(
    [redirect('{1}', 307), hop()],
    [
      {
        ...put,
        headers: [
          ['Content-Type', 'text/plain'],
          ['Content-Type', 'text/html'],
        ],
        body: 'x',
      },
    ],
  ),
  'a redirect to a third origin, which redirects to itself': fetches(
    [redirect('{1}', 307), { ...redirect('#x', 307), far: true }],
    [put],
  ),
  'PUT that becomes GET': fetches([redirect('{1}', 303), hop()], [{ ...put, body: '{}' }]),
  'Authorization that stays behind': fetches([redirect('{1}', 307), { ...hop(), far: true }], [authorization]),
  'a preflight that is redirected': fetches(
    [hop(undefined, written(307, [...OPEN, ['Location', '{1}']])), hop()],
    [put],
  ),
  'a redirect to a URL with a password': fetches([redirect('http://u:p@raw.far.test/')]),
  'a redirect that leads to itself': fetches([redirect('{0}')]),
  'a redirect to a function behind a gateway': fetches([redirect('{1}', 307, CREDENTIALS), rest], [include]),

  'a cookie, allowed': fetches([rest], [include]),
  'a cookie and the wildcard': fetches([hop()], [include]),
  'a cookie that stays at home': fetches([rest], [{}]),
  'a cookie of another site': fetches([{ ...hop(written(200, CREDENTIALS)), far: true }], [include]),
  'a cookie from a page of another site': fetches([hop(written(200, CREDENTIALS))], [include], 'http://other.test'),
  'a preflight carries no cookie': fetches([rest], [{ ...put, ...include }]),

  'a sandboxed frame and the wildcard': fetches([hop()], [{}], 'null'),
  'a sandboxed frame that is named': fetches([hop(written(200, CREDENTIALS))], [include], 'null'),
  'a sandboxed frame and a policy': fetches([rest], [{}], 'null'),
  'a sandboxed frame and its own server': fetches([{ ...hop(written(200, [])), front: 'home' }], [{}], 'null'),
  'a sandboxed frame that asks twice': fetches([hop()], [put, put], 'null'),

  'patch, where PATCH is allowed': answered({ method: 'patch' }, [['Access-Control-Allow-Methods', 'GET, PATCH']]),
  'PUT, where put is allowed': answered(put, [['Access-Control-Allow-Methods', 'put']]),
  'X-A, where x-a is allowed': answered({ headers: [['X-A', '1']] }, [['Access-Control-Allow-Headers', 'x-a']]),
  'credentials that are allowed with True': fetches(
    [
      hop(
        written(200, [
          ['Access-Control-Allow-Origin', APP],
          ['Access-Control-Allow-Credentials', 'True'],
        ]),
      ),
    ],
    [include],
  ),

  'the same preflight twice': fetches([hop()], [put, put]),
  'a preflight for one method, then for another': fetches([hop()], [put, { method: 'DELETE' }]),
  'an answer for a page, asked again with credentials': fetches(
    [hop(written(200, CREDENTIALS), written(204, [...CREDENTIALS, ['Access-Control-Allow-Methods', 'PUT']]))],
    [put, { ...put, ...include }, put],
  ),
  'the same preflight with a fragment': fetches([hop()], [put, { ...put, fragment: 'x' }]),
  'Authorization by the wildcard': fetches(
    [
      hop(
        undefined,
        written(204, [
          ['Access-Control-Allow-Origin', '*'],
          ['Access-Control-Allow-Headers', '*'],
        ]),
      ),
    ],
    [authorization, authorization],
  ),
  'Authorization by name': fetches([hop()], [authorization, authorization]),
  'Max-Age 1, and a second later': maxAge('1', 1_300),
  'Max-Age 0': maxAge('0', 0),
  'Max-Age -1': maxAge('-1', 0),
  'no Max-Age: 5 seconds, within': maxAge(undefined, 3_500),
  'no Max-Age: 5 seconds, after': maxAge(undefined, 5_500),
  'Max-Age 9': maxAge('9', 5_500),
  'Max-Age +9': maxAge('+9', 5_500),
  'Max-Age "9"': maxAge('"9"', 5_500),
  'Max-Age 9, 9': maxAge('9, 9', 5_500),
  'Max-Age 9.0': maxAge('9.0', 5_500),

  'a stream of bytes': fetches([hop(written(200, OPEN, ['one', 'é', 'x'.repeat(70_000), 'end']))]),
  'a stream of bytes that may not be read': fetches([hop(written(200, [], ['one', 'two']))]),
  'a * before what is not a name': fetches([
    hop(written(200, [...OPEN, ['Access-Control-Expose-Headers', '*, x y'], ['X-A', '1']])),
  ]),
  'an empty type and another': fetches([hop(written(200, [...OPEN, ['Content-Type', ''], ['Content-Type', 'a/b']]))]),
  'every header that there is': fetches([
    hop(written(200, [...OPEN, ['Access-Control-Expose-Headers', '*'], ['Trailer', 'x-a'], ['X-A', '1']], ['a', 'b'])),
  ]),
  'an error of the function': fetches([{ front: 'http', policy, throws: { message: 'boom' } }], [include]),
  'an error of a function without withCors': fetches([{ front: 'url', preflight: null, throws: { message: 'boom' } }]),
  'an HTTP API that takes the headers away': fetches([{ ...rest, front: 'http-own' }], [{}], 'http://other.test'),
  'a function URL that adds them once more': fetches([{ ...rest, front: 'url-own' }], [{}]),
};
