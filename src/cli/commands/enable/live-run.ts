import type { CompiledPolicy } from '../../../index.js';
import type { StageState } from '../../../infra/live/deploy-live.js';
import type { LiveApi } from '../../../infra.js';
import type { Connection } from './connect.js';
import type { EnableLiveOptions } from './options.js';

/** Everything that a run of `enable` on an API has. */
export interface Run {
  readonly options: EnableLiveOptions;
  readonly connection: Connection;
  readonly policy: CompiledPolicy | undefined;
  readonly api: LiveApi;
  readonly stage: Stage | undefined;
  /** There is a terminal, and nobody said yes to everything. */
  readonly asks: boolean;
}

/** A stage, and where it answers; without a URL it cannot be asked. */
export interface Stage {
  readonly state: StageState;
  readonly url: string | undefined;
}
