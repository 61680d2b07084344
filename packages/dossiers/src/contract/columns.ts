/** Columns of the list of dossiers beside the reference with the title, in their order. */
export const DOSSIER_COLUMNS = [
  "state",
  "type",
  "priority",
  "concerned",
  "due",
  "assignee",
  "tags",
  "opened",
  "updated",
] as const;
export type DossierColumn = (typeof DOSSIER_COLUMNS)[number];

/** Those that are shown until a person chooses others. */
export const DEFAULT_COLUMNS = [
  "state",
  "priority",
  "concerned",
  "due",
  "assignee",
] as const satisfies readonly DossierColumn[];
