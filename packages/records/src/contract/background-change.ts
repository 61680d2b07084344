const PREFIX = "background-";

/**
 * Names what the product itself does to a record and what its history has no line for, such as the small picture of a file. It is a change with
 * a number all the same: open pages are drawn anew, also those that were away.
 */
export const backgroundOp = (name: string): string => PREFIX + name;

export const isBackgroundOp = (op: string): boolean => op.startsWith(PREFIX);

/** What SQL leaves out of a history. */
export const BACKGROUND_OPS = { startsWith: PREFIX };
