/**
 * Mutants that no test kills, by file: the code, what it becomes, and why that is so. `equivalent` where nobody could
 * tell the difference.
 */
export const SURVIVORS = {};
