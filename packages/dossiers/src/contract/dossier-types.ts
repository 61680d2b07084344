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
  /** Forms show it no more. The values that dossiers have stay. */
  hidden?: boolean | undefined;
};

/** Most of them that a type has. */
export const MAX_FIELDS = 40;
export const MAX_PIECES = 60;
export const MAX_CHOICES = 50;
export const MAX_DUE_WORKING_DAYS = 500;
export const FIELD_KEY_PATTERN = /^[a-z][a-z0-9_]{0,39}$/;

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
