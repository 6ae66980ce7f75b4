// What the subjects stand around.

/** Nothing but a result: whatever a wrapper costs shows. */
export async function trivial() {
  return { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: '{"title":"Buy milk"}' };
}

/** The same as a plain function, of which a wrapper cannot know whether it will answer through its context. */
export function plain() {
  return Promise.resolve({
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: '{"title":"Buy milk"}',
  });
}

/** A small real function, for a REST or an HTTP API: looks a note up and returns it as JSON, or fails. */
export async function getNote(event) {
  const path = event.rawPath ?? event.path;
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(findNote(path.slice('/notes/'.length))),
  };
}

/** Its work, for routers, which find the id with their own routes. */
export function findNote(id) {
  if (id === 'broken') throw new Error('the table is gone');
  return { id, title: 'Buy milk', tags: ['shop', 'today'], done: false };
}

/** Gives the result that came with the event, so that making it is not timed. */
export async function giveResult(event) {
  return event.result;
}
