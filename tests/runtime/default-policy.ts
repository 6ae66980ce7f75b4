/** The lines about CORS of a response, if the policy is left out. */
export const DEFAULT_POLICY = [
  [
    'access-control-allow-headers',
    'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
  ],
  ['access-control-allow-methods', 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS'],
  ['access-control-allow-origin', '*'],
] as const;
