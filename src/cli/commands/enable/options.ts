import type { EnableSelection } from '../../../infra.js';

/** What is said about a document and about an API that runs. */
interface EnableOptions {
  readonly policy?: string;
  readonly resource?: readonly string[];
  readonly recursive?: boolean;
  readonly method?: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export interface EnableFileOptions extends EnableOptions {
  readonly json?: boolean;
}

export interface EnableLiveOptions extends EnableOptions {
  readonly restApiId?: string;
  readonly region?: string;
  readonly stage?: string;
  readonly invokeUrl?: string;
  readonly undo?: string;
}

/** Which resources and methods are meant. */
export function selectionOf({ resource, method, recursive }: EnableOptions): EnableSelection {
  return {
    ...(resource !== undefined && { resources: resource }),
    ...(method !== undefined && { methods: method }),
    recursive,
  };
}
