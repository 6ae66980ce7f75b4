import type { CorsSetting, Setting } from '../api.js';
import type { Place, Scalar } from '../node.js';
import { type Field, fields } from './fields.js';
import { span } from './headers.js';
import type { Scope } from './scope.js';
import { writtenOf } from './settle.js';

const KEYS: Readonly<Record<string, keyof Settings>> = {
  alloworigin: 'allowOrigins',
  alloworigins: 'allowOrigins',
  allowmethods: 'allowMethods',
  allowheaders: 'allowHeaders',
  exposeheaders: 'exposeHeaders',
  maxage: 'maxAge',
  allowcredentials: 'allowCredentials',
};

type Settings = Pick<
  CorsSetting,
  'allowOrigins' | 'allowMethods' | 'allowHeaders' | 'exposeHeaders' | 'maxAge' | 'allowCredentials'
>;

/** The names that each feature knows. */
const NAMES: Readonly<Record<CorsSetting['where'], RegExp>> = {
  'sam-rest': /^(?:AllowOrigin|AllowMethods|AllowHeaders|MaxAge|AllowCredentials)$/,
  http: /^(?:Allow(?:Origins|Methods|Headers|Credentials)|ExposeHeaders|MaxAge)$/,
  url: /^(?:Allow(?:Origins|Methods|Headers|Credentials)|ExposeHeaders|MaxAge)$/,
  openapi: /^(?:allow(?:Origins|Methods|Headers|Credentials)|exposeHeaders|maxAge)$/,
};

/** Reads the CORS feature of a gateway as it is written. */
export function corsSettingOf(
  { keyPlace, value }: Field,
  where: CorsSetting['where'],
  from: CorsSetting['from'],
  scope: Scope,
): CorsSetting {
  const base = { where, from, key: keyPlace, place: span(keyPlace, value.place), applied: [] };
  const { entries, complete } = fields(value, scope);
  const scalar =
    value.kind === 'known' && value.value.kind === 'scalar' ? switched(value.value.value, where) : undefined;
  if (scalar === false) return { ...base, form: 'false', others: [] };
  if (scalar === true) return { ...base, form: 'true', others: [], allowOrigins: anyOrigin(keyPlace) };
  const isMap = entries.length > 0 || (value.kind === 'known' && value.value.kind === 'map');
  if (!isMap) {
    // SAM makes one origin of a text or of an intrinsic function.
    const name = where === 'sam-rest' ? 'Cors' : 'AllowOrigins';
    const setting: Setting = { name, key: keyPlace, value: writtenOf(value, scope) };
    const form = scalar === null ? 'empty' : typeof scalar === 'string' ? 'string' : 'unknown';
    return { ...base, form, others: [], ...(scalar !== null && { allowOrigins: setting }) };
  }
  const settings: { -readonly [Key in keyof Settings]: Setting } = {};
  const others: { name: string; key: Field['keyPlace'] }[] = [];
  for (const { key, keyPlace: place, value: setting } of entries) {
    const name = NAMES[where].test(key) ? KEYS[key.toLowerCase()] : undefined;
    if (name === undefined) others.push({ name: key, key: place });
    else settings[name] = { name: key, key: place, value: writtenOf(setting, scope) };
  }
  const empty = entries.length === 0 && complete;
  return { ...base, form: empty ? 'empty' : 'map', others, ...settings };
}

/** A parameter that switches `CorsConfiguration` on or off is a text. */
function switched(scalar: Scalar, where: CorsSetting['where']): Scalar {
  if (where === 'sam-rest' || (scalar !== 'true' && scalar !== 'false')) return scalar;
  return scalar === 'true';
}

function anyOrigin(key: Place): Setting {
  const any = { kind: 'known', value: '*', place: key } as const;
  return { name: 'AllowOrigins', key, value: { kind: 'known', value: [any], place: key } };
}
