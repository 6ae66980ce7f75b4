// With exactOptionalPropertyTypes, as here, a variable that may be missing cannot become "any origin". Without it this
// compiles, and CorsPolicyError says so when the function starts.
import { compilePolicy } from '../../src/index.js';

declare const environment: { readonly FRONTEND?: string };

// @ts-expect-error Type 'undefined' is not assignable
export const refused = compilePolicy({ allowOrigins: environment.FRONTEND });
