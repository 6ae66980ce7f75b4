import type { HeaderLines } from '../../browser/types.js';
import type { HttpRequest } from '../../sources/messages.js';
import { functionUrlCors, httpApiCors, type OwnCors } from '../../sources/own-cors.js';
import type { Api, CorsSetting, Setting } from '../api.js';
import { inWorld, type Value, type World, type Written } from '../value.js';

/** The CORS feature as the source plays it; or why it cannot be played. */
export function ownCors(api: Api, setting: CorsSetting, world: World): OwnCors | { readonly unknown: string } {
  if (setting.form === 'unknown') return { unknown: 'the CORS configuration is not known' };
  const settings = settingsOf(setting);
  const unclear = settings.find((each) => whyUnknown(each.value, world) !== undefined);
  if (unclear !== undefined) return { unknown: `${unclear.name}: ${whyUnknown(unclear.value, world)}` };
  const cors = {
    allowOrigins: listOf(setting.allowOrigins, world),
    allowMethods: listOf(setting.allowMethods, world),
    allowHeaders: listOf(setting.allowHeaders, world),
    exposeHeaders: listOf(setting.exposeHeaders, world),
    allowCredentials: plain(setting.allowCredentials, world) === true,
    maxAge: numberOf(setting.maxAge, world),
  };
  return api.kind === 'url' ? functionUrlCors(cors) : httpApiCors(cors);
}

export function settingsOf(setting: CorsSetting): readonly Setting[] {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials } = setting;
  return [allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials].filter(
    (each) => each !== undefined,
  );
}

function whyUnknown(value: Value<unknown>, world: World): string | undefined {
  const settled = inWorld(value, world);
  if (settled.kind === 'unknown') return settled.why;
  if (settled.kind === 'choice') return 'it depends on a condition';
  if (settled.kind === 'absent' || !Array.isArray(settled.value)) return undefined;
  return settled.value.map((item: Value<unknown>) => whyUnknown(item, world)).find((why) => why !== undefined);
}

/** A text is a list of one. */
function listOf(setting: Setting | undefined, world: World): readonly string[] | undefined {
  const written = plain(setting, world);
  if (written === undefined || written === null) return undefined;
  if (!Array.isArray(written)) return [String(written)];
  return (written as readonly Value<unknown>[]).flatMap((item) => {
    const settled = inWorld(item, world);
    return settled.kind === 'known' ? [String(settled.value)] : [];
  });
}

function numberOf(setting: Setting | undefined, world: World): number | undefined {
  const written = plain(setting, world);
  return written === undefined || written === null || Array.isArray(written) ? undefined : Number(written);
}

function plain(setting: Setting | undefined, world: World): Written | undefined {
  const settled = setting === undefined ? undefined : inWorld(setting.value, world);
  return settled?.kind === 'known' ? settled.value : undefined;
}

/** A request as the source sees it. */
export function httpRequest(method: string, path: string, lines: HeaderLines): HttpRequest {
  return {
    id: '',
    extendedId: '',
    traceId: '',
    time: new Date(0),
    method,
    fullPath: path,
    path,
    stage: '',
    query: '',
    lines,
    body: new Uint8Array(),
    sourceIp: '127.0.0.1',
  };
}
