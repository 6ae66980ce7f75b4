// A page that calls one URL of the API every ten seconds for an hour, with a header that needs a preflight.
// No time is measured: each subject is asked for its real preflight answer, and the rest is arithmetic.
import { headerOf, judge } from '../harness/answers.js';
import { followingArguments } from '../harness/contexts.js';
import { eventTexts, REQUESTS } from '../harness/events.js';
import { round } from '../harness/statistics.js';
import { print } from '../harness/table.js';

/** The longest that each believes, in seconds: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age */
const CAPS = { Chromium: 7200, Firefox: 86400, WebKit: 600 };
/** Without the header: https://fetch.spec.whatwg.org/#cors-preflight-fetch, step 7.11 */
const DEFAULT_MAX_AGE = 5;
const [SECONDS, EVERY] = [3600, 10];
const PREFLIGHT = { ...REQUESTS['preflight allowed'], asks: 'GET' };

export async function preflights(subjects) {
  const rows = [];
  for (const { id, byDefault } of subjects.filter((subject) => subject.byDefault !== undefined)) {
    const [text] = eventTexts('HTTP API 2.0', PREFLIGHT, 1);
    const answer = { result: await byDefault()(JSON.parse(text), ...followingArguments()) };
    const { ok, remark } = judge(PREFLIGHT, true, answer);
    const sent = headerOf(answer.result, 'access-control-max-age');
    const maxAge = sent === undefined ? DEFAULT_MAX_AGE : Number(sent);
    for (const [browser, cap] of Object.entries(CAPS)) {
      rows.push({ subject: id, browser, ok, remark, sent, ...anHour(ok, Math.min(maxAge, cap)) });
    }
  }
  return rows;
}

/** A preflight that fails is not remembered, and the call after it is never made. */
function anHour(succeeds, maxAge) {
  let [preflightCount, calls, freshUntil] = [0, 0, Number.NEGATIVE_INFINITY];
  for (let now = 0; now < SECONDS; now += EVERY) {
    if (now >= freshUntil) {
      preflightCount++;
      if (!succeeds) continue;
      freshUntil = now + maxAge;
    }
    calls++;
  }
  const invocations = preflightCount + calls;
  return { calls, preflights: preflightCount, invocations, share: round(preflightCount / invocations) };
}

export function showPreflights(rows, subjects) {
  const browsers = Object.keys(CAPS);
  const ids = [...new Set(rows.map(({ subject }) => subject))];
  print(
    'An hour of a page that calls every 10 s, default settings: invocations, and the share that are preflights',
    ['', 'Access-Control-Max-Age', ...browsers],
    ids.map((id) => {
      const of = rows.filter(({ subject }) => subject === id);
      const [{ ok, remark, sent = 'none' }] = of;
      return [
        subjects.find((subject) => subject.id === id).name,
        ok ? sent : `preflight fails: ${remark}`,
        ...browsers.map((browser) => {
          const { invocations, share, calls } = of.find((row) => row.browser === browser);
          return calls === 0 ? 'no call gets through' : `${invocations}  ${(share * 100).toFixed(1)} %`;
        }),
      ];
    }),
  );
}
