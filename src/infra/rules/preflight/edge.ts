import type { Api, RoutingRule } from '../../api.js';
import { knownOf, leaves } from '../../value.js';
import type { Draft, Rule } from '../rule.js';
import { browserSays, inConsole, listed, quoted } from '../words.js';

export const LC215: Rule = {
  code: 'LC215',
  severity: 'warning',
  title: 'Mutual TLS in front of preflights',
  text:
    'A preflight is sent without credentials, and a client certificate is one. A domain with mutual TLS refuses it in the handshake, ' +
    'before any HTTP.',
  says: 'A browser says net::ERR_BAD_SSL_CLIENT_AUTH_CERT or net::ERR_FAILED, and shows no response.',
  guard: 'Only domains that lead to an API with CORS count. Requests without a preflight work.',
  remedy: 'Serve the page from the same domain as the API, or give browsers a domain without mutual TLS.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT` finds no HTTP answer.',
  check: ({ api }) =>
    api.domains.flatMap(({ mutualTls, name, id }) => {
      if (mutualTls === undefined) return [];
      const domain = knownOf(name);
      return [
        {
          place: mutualTls,
          message: `${domain === undefined ? id : quoted(String(domain))} asks for a client certificate, which browsers do not send with a preflight: it fails in the TLS handshake`,
          remedy:
            'serve the page from the same domain as the API, or give browsers a domain without MutualTlsAuthentication',
        },
      ];
    }),
};

export const LC216: Rule = {
  code: 'LC216',
  severity: 'warning',
  title: 'A route to the API that a preflight cannot take',
  text:
    "A preflight has no header of the page's: it only names them. A routing rule with a condition on a header never matches it, and a " +
    'private API that is addressed by x-apigw-api-id is not found.',
  says: inConsole('PreflightMissingAllowOriginHeader'),
  guard:
    'Conditions on headers that every request of a browser has, such as Host, do no harm. A private API gets a note.',
  remedy: 'Route by path or by host. Address a private API by the DNS name that is made for its endpoint.',
  see: '`lambda-cors probe URL --origin https://app.example.com --header x-version:2` shows where the preflight comes out.',
  check: ({ api }) => [...api.routingRules.flatMap(ruleDrafts), ...privateDrafts(api)],
};

/** What a preflight has: https://fetch.spec.whatwg.org/#cors-preflight-fetch */
const SENT: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'access-control-request-headers',
  'access-control-request-method',
  'host',
  'origin',
  'referer',
  'user-agent',
]);

function ruleDrafts({ headers, id, key }: RoutingRule): Draft[] {
  const names = headers.flatMap(({ name }) =>
    leaves(name).flatMap((leaf) => (leaf.kind === 'known' ? [String(leaf.value)] : [])),
  );
  const missing = names.filter((name) => !SENT.has(name.toLowerCase()) && !/^sec-/i.test(name));
  if (missing.length === 0) return [];
  return [
    {
      place: headers.find(({ name }) => knownOf(name) === missing[0])?.place ?? key,
      message: `${id} asks for the header ${listed(missing)}, which no preflight has, so preflights go elsewhere: ${browserSays('PreflightMissingAllowOriginHeader')}`,
      remedy: 'route by base path, or add a rule that leads preflights to an API which answers OPTIONS',
    },
  ];
}

function privateDrafts({ kind, private: isPrivate, key }: Api): Draft[] {
  if (kind !== 'rest' || knownOf(isPrivate) !== true) return [];
  return [
    {
      place: key,
      severity: 'info',
      message:
        'the API is private: a preflight has no x-apigw-api-id header, so the address must name the API by itself',
      remedy: 'call it by https://API-ID-VPCE-ID.execute-api.REGION.amazonaws.com, or by a private custom domain',
    },
  ];
}
