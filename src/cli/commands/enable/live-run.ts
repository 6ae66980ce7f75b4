import type { CompiledPolicy } from '../../../index.js';
import type { StageState } from '../../../infra/live/deploy-live.js';
import type { LiveApi } from '../../../infra.js';
import type { Connection } from './connect.js';

export interface EnableLiveOptions {
  readonly restApiId?: string;
  readonly region?: string;
  readonly stage?: string;
  readonly invokeUrl?: string;
  readonly undo?: string;
  readonly policy?: string;
  readonly resource?: readonly string[];
  readonly recursive?: boolean;
  readonly method?: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

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
