import type { GatewayCors } from '../gateway.js';
import { corsFaults } from '../sources/check-settings.js';
import { blaming, read } from './load-policy.js';
import { misuse } from './misuse.js';

/** The settings of the gateway's own CORS feature, from a JSON file or a module's export `cors` or default export. */
export async function loadGatewayCors(path: string): Promise<GatewayCors> {
  const cors = await read(path, 'cors');
  const faults = blaming(path, () => corsFaults(cors));
  if (faults.length === 0) return cors as GatewayCors;
  throw misuse(`${path} is not a valid CORS configuration of a gateway:`, faults);
}
