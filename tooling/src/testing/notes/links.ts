/** Addresses of the domain's pages. */

export const notesPath = (): string => "/notes";
