/** Kinds of fields that an administrator gives a type of dossiers. */
export const FIELD_KINDS = ["text", "number", "date", "choice", "yes-no"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** A field of a type of dossiers. */
export type DossierField = {
  /** Names it in rows and in the API; it never changes. */
  key: string;
  label: { fr: string; en: string };
  kind: FieldKind;
  required: boolean;
  /** Of a `choice`. */
  choices?: readonly string[] | undefined;
};

/** A piece that a type of dossiers asks for. */
export type RequiredPiece = { name: string; required: boolean };

/** A type of dossiers, as the API tells it. */
export type DossierTypeDto = {
  id: number;
  name: { fr: string; en: string };
  fields: readonly DossierField[];
  pieces: readonly RequiredPiece[];
  due_working_days: number | null;
  default_assignee_id: number | null;
  archived: boolean;
  version: number;
};
