import { corsFaults } from '../gateway/check-settings.js';
import type { GatewayCors } from '../gateway.js';
import { read } from './load-policy.js';
import { misuse } from './misuse.js';

/** The gateway's own CORS feature, from a file: JSON, or what a module exports as `cors` or by default. */
export async function loadGatewayCors(path: string): Promise<GatewayCors> {
  const cors = await read(path, 'cors');
  const faults = corsFaults(cors);
  if (faults.length === 0) return cors as GatewayCors;
  throw misuse(`${path} is no CORS configuration of a gateway; to mend:`, faults);
}
