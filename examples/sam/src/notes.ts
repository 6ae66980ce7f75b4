import { randomUUID } from 'node:crypto';
import { httpError } from './http-error.js';
import { type HttpEvent, type NotesRequest, readRequest } from './request.js';
import { type Answer, type Result, toResult } from './result.js';
import { addNote, deleteNote, listNotes, type Note, readNote } from './table.js';

const LONGEST = 1000;

/** The whole API. It does not mention CORS. */
export async function serveNotes(event: HttpEvent): Promise<Result> {
  return toResult(event, await answer(readRequest(event)));
}

async function answer(request: NotesRequest): Promise<Answer> {
  const [, id] = /^\/notes\/([\w-]+)$/.exec(request.path) ?? [];
  if (request.path === '/notes') return dispatch(request, { GET: list, POST: create });
  if (id !== undefined) return dispatch(request, { GET: () => read(id), DELETE: () => remove(id) });
  if (request.path === '/fail') return dispatch(request, { GET: fail });
  throw httpError(404, 'There is nothing here');
}

type Route = (request: NotesRequest) => Promise<Answer>;

function dispatch(request: NotesRequest, routes: Readonly<Record<string, Route>>): Promise<Answer> {
  const route = Object.hasOwn(routes, request.method) ? routes[request.method] : undefined;
  if (route === undefined) {
    throw httpError(405, 'This method is not allowed here', { Allow: Object.keys(routes).join(', ') });
  }
  return route(request);
}

async function list(): Promise<Answer> {
  return { status: 200, body: { notes: await listNotes() } };
}

async function create(request: NotesRequest): Promise<Answer> {
  const note: Note = { id: randomUUID(), text: checkText(request.readJson()), createdAt: new Date().toISOString() };
  await addNote(note);
  // Relative to the path of the request, so that it holds whatever stage or base path stands before it.
  return { status: 201, headers: { Location: `notes/${note.id}` }, body: note };
}

async function read(id: string): Promise<Answer> {
  return { status: 200, body: await readNote(id) };
}

async function remove(id: string): Promise<Answer> {
  await deleteNote(id);
  return { status: 204 };
}

/** Like any bug in the code: the browser gets a 500 that it can read, and the error is in the log. */
async function fail(): Promise<Answer> {
  throw new Error('This route always fails');
}

function checkText(input: unknown): string {
  const { text } = (input ?? {}) as { text?: unknown };
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST) {
    throw httpError(400, `"text" must be a string of 1 to ${LONGEST} characters`);
  }
  return text;
}
