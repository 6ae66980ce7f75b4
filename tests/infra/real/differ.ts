import { isDeepStrictEqual } from 'node:util';

/** A line where two values are not the same, none where they are. */
export function differ(what: string, actual: unknown, expected: unknown): readonly string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  return [`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
}

// biome-ignore lint/suspicious/noExplicitAny: what tools make of a template, of which only some keys are looked at.
export type Properties = Readonly<Record<string, any>>;

export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;

/** Type and headers of each `AWS::ApiGateway::GatewayResponse`, in whatever order they came. */
export function gatewayResponsesOf(resources: Resources): unknown {
  return Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::ApiGateway::GatewayResponse')
    .map(({ Properties }) => `${Properties.ResponseType} ${JSON.stringify(sorted(Properties.ResponseParameters))}`)
    .sort();
}

export function sorted(parameters: Readonly<Record<string, unknown>> = {}): readonly (readonly [string, unknown])[] {
  return Object.entries(parameters).sort();
}
