import { httpError } from './http-error.js';

/** The parts of an event that the API reads, under the names that each source gives them. */
export interface HttpEvent {
  /** REST API, HTTP API 1.0, load balancer. */
  readonly httpMethod?: string;
  /** VPC Lattice. */
  readonly method?: string;
  readonly path?: string;
  /** HTTP API 2.0, function URL. */
  readonly rawPath?: string;
  /** VPC Lattice, event version 1. */
  readonly raw_path?: string;
  readonly multiValueHeaders?: object | null | undefined;
  readonly requestContext?: object & {
    /** HTTP API 2.0, function URL. */
    readonly http?: { readonly method: string };
    /** Load balancer. */
    readonly elb?: object;
  };
  /** Text, or the value that a Middy middleware parsed from it. */
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
  /** VPC Lattice, event version 1. */
  readonly is_base64_encoded?: boolean;
}

/** A request, whatever source it came through. */
export interface NotesRequest {
  readonly method: string;
  readonly path: string;
  readonly readJson: () => unknown;
}

export function readRequest(event: HttpEvent): NotesRequest {
  // VPC Lattice keeps the query in the path.
  const [path = ''] = (event.rawPath ?? event.raw_path ?? event.path ?? '').split('?');
  return {
    method: event.requestContext?.http?.method ?? event.httpMethod ?? event.method ?? '',
    path,
    readJson: () => readJson(event),
  };
}

function readJson({ body, isBase64Encoded, is_base64_encoded }: HttpEvent): unknown {
  if (typeof body !== 'string') return body;
  const text = (isBase64Encoded ?? is_base64_encoded) ? Buffer.from(body, 'base64').toString() : body;
  try {
    return JSON.parse(text);
  } catch {
    throw httpError(400, 'The body is not JSON');
  }
}
