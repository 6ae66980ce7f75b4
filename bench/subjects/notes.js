// The work that every subject does: look a note up and return it as JSON, or fail.

/** The same for all, so that only what is around it differs. */
export function findNote(id) {
  if (id === 'broken') throw new Error('the table is gone');
  return { id, title: 'Buy milk', tags: ['shop', 'today'], done: false };
}

/** As a plain handler, for a REST or an HTTP API; routers find the id with their own routes. */
export async function getNote(event) {
  const path = event.rawPath ?? event.path;
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(findNote(path.slice('/notes/'.length))),
  };
}
