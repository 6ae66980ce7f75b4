// The policy that every subject is given, in its own words: three exact origins, and lists of methods and headers.
export const ORIGIN = 'https://app.example.com';
export const ORIGINS = [ORIGIN, 'https://admin.example.com', 'https://www.example.com'];
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
export const HEADERS = ['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token'];
export const MAX_AGE = 7200;
