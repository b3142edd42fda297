// Which names of the machine a request may use. A page elsewhere can give its own name the address 127.0.0.1 (DNS
// rebinding); its requests then carry that name in the header Host.
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address reaches only this machine. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** The name in a header Host, in lower case, without port and brackets; undefined for what is no such header. */
export function nameOf(header: string | undefined): string | undefined {
  const [, bracketed, plain] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]@/\\\s]+))(?::\d{1,5})?$/i.exec(header ?? '') ?? [];
  return (bracketed ?? plain)?.toLowerCase().replace(/\.$/, '');
}

/**
 * Whether a request may use the name: this machine's own names, and the one that was given with --host. A server that
 * others can reach also takes addresses, which cannot be rebound.
 */
export function isOwnName(name: string, { host, open }: { host: string; open: boolean }): boolean {
  if (name === 'localhost' || name === '127.0.0.1' || name === '::1' || name === host.toLowerCase()) return true;
  return open && isIP(name) !== 0;
}
