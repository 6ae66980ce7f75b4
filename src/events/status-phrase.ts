/** From 400 on, and from 500 on; where there is nothing, there is no usual phrase. */
const CLIENT_ERRORS =
  'Bad Request,Unauthorized,Payment Required,Forbidden,Not Found,Method Not Allowed,Not Acceptable,Proxy Authentication Required,Request Timeout,Conflict,Gone,Length Required,Precondition Failed,Payload Too Large,URI Too Long,Unsupported Media Type,Range Not Satisfiable,Expectation Failed,,,,Misdirected Request,Unprocessable Entity,Locked,,,Upgrade Required,,Precondition Required,Too Many Requests,,Request Header Fields Too Large';
const SERVER_ERRORS =
  'Internal Server Error,Not Implemented,Bad Gateway,Service Unavailable,Gateway Timeout,HTTP Version Not Supported';

/**
 * The phrase of a status from 400 to 599, as Node.js has it. One that is hardly used means the same as the first of its
 * class: https://www.rfc-editor.org/rfc/rfc9110#section-15-1
 */
export function statusPhrase(status: number): string {
  if (status === 451) return 'Unavailable For Legal Reasons';
  if (status === 511) return 'Network Authentication Required';
  const phrases = (status < 500 ? CLIENT_ERRORS : SERVER_ERRORS).split(',');
  return phrases[status % 100] || (phrases[0] as string);
}
