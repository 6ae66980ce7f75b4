/** Where a host is, as far as its name or address tells: on the computer itself, or in its network. */
type AddressSpace = 'loopback' | 'local';

/**
 * `undefined` for a host that may be anywhere. Expects a host as the URL parser writes it.
 * https://wicg.github.io/local-network-access/#ip-address-space-section
 */
export function addressSpaceOf(hostname: string): AddressSpace | undefined {
  if (/(^|\.)localhost\.?$/.test(hostname)) return 'loopback';
  if (/(^|\.)local\.?$/.test(hostname)) return 'local';
  const bytes = ipv4Bytes(hostname);
  if (bytes !== undefined) return ofIpv4(bytes);
  return hostname.startsWith('[') ? ofIpv6(ipv6Words(hostname)) : undefined;
}

function ipv4Bytes(hostname: string): readonly number[] | undefined {
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? hostname.split('.').map(Number) : undefined;
}

function ofIpv4([a = 0, b = 0]: readonly number[]): AddressSpace | undefined {
  if (a === 127) return 'loopback';
  const local =
    a === 0 ||
    a === 10 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168);
  return local ? 'local' : undefined;
}

/** The eight words of `[…]`, in which `::` stands for zeros. */
function ipv6Words(hostname: string): readonly number[] {
  const [head = [], tail = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter((word) => word !== ''));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].map((word) => Number.parseInt(word, 16));
}

function ofIpv6(words: readonly number[]): AddressSpace | undefined {
  const [first = 0, second = 0] = words;
  const zeros = words.findIndex((word) => word !== 0);
  if (zeros === 7 && words[7] === 1) return 'loopback';
  // An IPv4 address inside an IPv6 one: only ::1 is potentially trustworthy, so ::ffff:127.0.0.1 is local at most.
  // https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
  if (zeros === 5 && words[5] === 0xffff) {
    return ofIpv4([words[6] ?? 0, words[7] ?? 0].flatMap((word) => [word >> 8, word & 0xff])) && 'local';
  }
  const local =
    zeros === -1 || // ::
    (first & 0xfe00) === 0xfc00 || // fc00::/7, unique local
    (first & 0xff80) === 0xfe80 || // fe80::/10 and fec0::/10, link-local and site-local
    (first === 0x2001 && second === 0x0db8); // 2001:db8::/32, for documentation
  return local ? 'local' : undefined;
}
