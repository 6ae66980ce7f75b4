import type { HttpEvent, Source } from './types.js';

/**
 * VPC Lattice, event version 1 (header values are strings).
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const vpcLatticeV1: Source = {
  name: 'VPC Lattice',
  method,
  map: 'headers',
  // Events of version 2 have arrays. Whether results may have them is not documented.
  readsLists: true,
  withoutStatus: 'error',
  required: { isBase64Encoded: false },
};

/** Event version 2 (header values are arrays); the result is the same. */
export const vpcLatticeV2: Source = vpcLatticeV1;

function method(event: HttpEvent): string {
  return event.method as string;
}
