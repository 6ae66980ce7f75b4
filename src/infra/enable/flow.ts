import { type Data, isDataMap } from './edit.js';

export interface FlowStyle {
  /** Written before the value. */
  readonly key?: string | undefined;
  /** `lines`: each key on a line of its own, as JSON is usually written. */
  readonly style: 'line' | 'lines';
  /** Names in quotation marks. */
  readonly json: boolean;
  /** The column of the key. */
  readonly indent: number;
  readonly step?: number;
  /** Without a blank. */
  readonly tight: boolean;
}

/** A value as JSON has it, or YAML within brackets. */
export function flowText(value: Data, options: FlowStyle): string {
  const { key, tight } = options;
  const written = valueText(value, options);
  return key === undefined ? written : `${nameText(key, options)}:${tight ? '' : ' '}${written}`;
}

function valueText(value: Data, { style, json, indent, step = 2, tight }: FlowStyle): string {
  if (tight) return JSON.stringify(value);
  if (style === 'lines') return JSON.stringify(value, null, step).replaceAll('\n', `\n${' '.repeat(indent)}`);
  if (Array.isArray(value)) return `[${value.map((item: Data) => inLine(item, json)).join(', ')}]`;
  return inLine(value, json);
}

function inLine(value: Data, json: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item: Data) => inLine(item, json)).join(', ')}]`;
  if (!isDataMap(value)) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, each]) => `${nameText(key, { json })}: ${inLine(each, json)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** Names that no reader of YAML takes for a number or a boolean. */
const PLAIN = /^[A-Za-z][\w./-]*-[\w./-]*$|^[A-Za-z]{4,}[\w./-]*$/;

function nameText(key: string, { json }: Pick<FlowStyle, 'json'>): string {
  return !json && PLAIN.test(key) && !/^(?:true|false|null)$/i.test(key) ? key : JSON.stringify(key);
}
