import { expect, it } from 'vitest';
import { networkFault } from '../../../src/cli/evidence/network.js';

/** Node.js's code of the error, the finding's code, and part of its title. */
it.each([
  ['ECONNREFUSED', 'connection-refused', 'api.example.com:8443 refuses connections'],
  ['ENOTFOUND', 'dns', 'api.example.com has no known address'],
  ['EAI_AGAIN', 'dns', 'api.example.com has no known address'],
  ['ETIMEDOUT', 'timed-out', 'did not answer in time'],
  ['EHOSTUNREACH', 'unreachable', 'cannot be reached'],
  ['ECONNRESET', 'connection-closed', 'closed the connection'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'is not for api.example.com'],
  ['CERT_HAS_EXPIRED', 'tls', 'is not trusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', 'is not trusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'is not trusted'],
  ['EPROTO', 'tls', 'does not accept TLS'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'does not accept TLS'],
  ['HPE_INVALID_CONSTANT', 'not-http', 'does not answer in HTTP'],
  ['EWHATEVER', 'failed', 'the request to api.example.com:8443 failed'],
])('%s is told as %s', (code, name, title) => {
  const error = Object.assign(new Error('why\nand more'), { code });
  const finding = networkFault(error, 'https://api.example.com:8443/notes');
  expect(finding).toEqual({
    code: name,
    title: expect.stringContaining(title),
    evidence: `${code}: why`,
    remedy: expect.stringMatching(/\w/),
    link: expect.stringMatching(/^https:/),
  });
});

it('a value that is not an error is reported too', () => {
  expect(networkFault('nothing', 'http://a.example/')).toMatchObject({ code: 'failed', evidence: 'error: nothing' });
});
