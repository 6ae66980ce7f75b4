import type { Api, Route } from '../api.js';
import type { HeaderMapping, Method } from '../method.js';
import { type Value, type World, worldsOf } from '../value.js';
import { settingsOf } from './own-cors.js';

/** The worlds that what answers a route and a method tells apart. */
export function worldsOfRoute(api: Api, route: Route, method: Method): readonly World[] {
  const answering = route.options.by === 'method' ? [route.options.method, method] : [method];
  const values: Value<unknown>[] = [
    ...answering.flatMap(valuesOfMethod),
    ...api.gatewayResponses.flatMap(({ headers, statusCode }) => [...valuesOf(headers), ...present(statusCode)]),
    ...(api.cors === undefined ? [] : settingsOf(api.cors).map(({ value }) => value)),
  ];
  return worldsOf(values);
}

function valuesOfMethod({ integration, apiKey, parameters }: Method): readonly Value<unknown>[] {
  return [
    apiKey.value,
    ...parameters.map(({ required }) => required),
    ...integration.requestTemplates.map(({ text }) => text),
    ...integration.responses.flatMap(({ headers, statusCode, templates }) => [
      statusCode,
      ...valuesOf(headers),
      ...templates.map(({ text }) => text),
    ]),
  ];
}

function valuesOf(headers: readonly HeaderMapping[]): readonly Value<unknown>[] {
  return headers.map(({ value }) => value);
}

function present(value: Value<unknown> | undefined): readonly Value<unknown>[] {
  return value === undefined ? [] : [value];
}

/** `with IsProd, without IsLocal` */
export function worldText(world: World): string {
  return Object.entries(world)
    .map(([condition, taken]) => `${taken ? 'with' : 'without'} ${condition}`)
    .join(', ');
}
