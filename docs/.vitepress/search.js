// Somebody pastes what a console says, with its URLs and the words that every such line begins with.

/**
 * The words of a search. The site gets this function as text, so all that it needs is inside.
 *
 * @param {string} text
 */
export function wordsOf(text) {
  const sentence = text
    .replace(/^.*blocked by CORS policy:/s, '')
    .replace(/^.*\(Reason:/s, '')
    .replace(/['‘“]?\bhttps?:\/\/[^\s'’”]+['’”]?/g, ' ');
  const words = (sentence.trim() === '' ? text : sentence).split(/[\s\p{P}]+/u);
  return words.filter((word) => word !== '');
}

/** The reference has the same names, several times, so it comes after the pages that explain them. */
export function weightOf(page) {
  return /\/api\//.test(page) ? 0.2 : 1;
}
