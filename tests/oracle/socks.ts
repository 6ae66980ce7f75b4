// A SOCKS proxy, through which a browser finds every host of the cases: https://www.rfc-editor.org/rfc/rfc1928
// Unlike an HTTP proxy it hands on what the browser and the servers say as it is.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { makeCertificate } from './certificate.js';

export interface SocksProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** Connects to a port of this machine instead of to the host that is asked for, and speaks TLS for it on port 443. */
export async function startSocks(portOf: (host: string, port: number) => number): Promise<SocksProxy> {
  const sockets = new Set<Socket>();
  const secureContext = makeCertificate();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      socket.write(Uint8Array.of(5, 0));
      socket.once('data', (request) => {
        const { host, port } = addressee(request);
        const target = connect(portOf(host, port), '127.0.0.1', () => {
          socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          const plain = port === 443 ? new TLSSocket(socket, { isServer: true, secureContext }) : socket;
          plain.on('error', () => socket.destroy());
          plain.pipe(target).pipe(plain);
        });
        target.on('error', () => socket.destroy());
        socket.on('close', () => target.destroy());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Of a request to connect to a host by name, or by its address. */
function addressee(request: Buffer): { readonly host: string; readonly port: number } {
  const kind = request[3];
  const end = kind === NAME ? 5 + (request[4] as number) : kind === IPV6 ? 20 : 8;
  const host = kind === NAME ? request.subarray(5, end).toString('latin1') : request.subarray(4, end).join('.');
  return { host, port: request.readUInt16BE(end) };
}

const NAME = 3;
const IPV6 = 4;
