// Untyped, and unchecked: checkJs is off.
export async function legacy(event) {
  return { statusCode: 200, body: event.path };
}
