import { LC401, LC402, LC403, LC404 } from './gateway-errors.js';
import { LC501 } from './policy.js';
import { LC211, LC212 } from './preflight/deployment.js';
import { LC215, LC216 } from './preflight/edge.js';
import { LC213 } from './preflight/effect.js';
import { LC206, LC207 } from './preflight/headers.js';
import { LC205 } from './preflight/methods.js';
import { LC208, LC209, LC210 } from './preflight/mock.js';
import { LC201, LC202, LC203, LC204 } from './preflight/options.js';
import { LC214 } from './preflight/templates.js';
import { LC304, LC305, LC306, LC307 } from './responses/agreement.js';
import { LC301, LC302, LC303 } from './responses/mapped.js';
import type { Rule } from './rule.js';
import { LC105, LC106, LC107, LC108 } from './values/credentials.js';
import { LC110, LC111 } from './values/forms.js';
import { LC101, LC104 } from './values/mapping.js';
import { LC109, LC112 } from './values/names.js';
import { LC102, LC103, LC113 } from './values/origins.js';

/** Every rule, by its code. */
export const RULES: readonly Rule[] = [
  ...[LC101, LC102, LC103, LC104, LC105, LC106, LC107, LC108, LC109, LC110, LC111, LC112, LC113],
  ...[LC201, LC202, LC203, LC204, LC205, LC206, LC207, LC208, LC209, LC210, LC211, LC212, LC213, LC214, LC215, LC216],
  ...[LC301, LC302, LC303, LC304, LC305, LC306, LC307],
  ...[LC401, LC402, LC403, LC404],
  LC501,
];
