import type { RawMethod } from './client.js';

/** A path of a REST API that runs. */
export interface LiveResource {
  /** Its id. */
  readonly id: string;
  /** As API Gateway has it, such as `/notes/{id}`. */
  readonly path: string;
  /** @internal By name, such as `GET` or `ANY`. */
  readonly methods: ReadonlyMap<string, RawMethod>;
}
