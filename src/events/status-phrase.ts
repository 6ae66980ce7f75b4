/** From 400 on, and from 500 on; an empty one is not registered. */
const CLIENT_ERRORS =
  "Bad Request,Unauthorized,Payment Required,Forbidden,Not Found,Method Not Allowed,Not Acceptable,Proxy Authentication Required,Request Timeout,Conflict,Gone,Length Required,Precondition Failed,Payload Too Large,URI Too Long,Unsupported Media Type,Range Not Satisfiable,Expectation Failed,I'm a Teapot,,,Misdirected Request,Unprocessable Entity,Locked,Failed Dependency,Too Early,Upgrade Required,,Precondition Required,Too Many Requests,,Request Header Fields Too Large".split(
    ',',
  );
const SERVER_ERRORS =
  'Internal Server Error,Not Implemented,Bad Gateway,Service Unavailable,Gateway Timeout,HTTP Version Not Supported,Variant Also Negotiates,Insufficient Storage,Loop Detected,Bandwidth Limit Exceeded,Not Extended,Network Authentication Required'.split(
    ',',
  );

/**
 * The phrase of a status from 400 to 599, as Node.js has it. One that is not registered means the same as the first of
 * its class: https://www.rfc-editor.org/rfc/rfc9110#section-15-1
 */
export function statusPhrase(status: number): string {
  if (status === 451) return 'Unavailable For Legal Reasons';
  const [phrases, first] = status < 500 ? [CLIENT_ERRORS, 400] : [SERVER_ERRORS, 500];
  return phrases[status - first] || (phrases[0] as string);
}
