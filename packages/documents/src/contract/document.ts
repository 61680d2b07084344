import type { Preview } from "./media-types";

/** Characters of a name; a longer one is cut before its ending. */
export const MAX_NAME_CHARACTERS = 150;
/** More documents than these on one record are refused. */
export const MAX_DOCUMENTS = 1_000;
/** How many a place of a record may have, where they lie in places of their own. */
export const MAX_DOCUMENTS_OF_PLACE = 20;
/** Uploads that were begun together may go beyond the limit by some; lists and archives leave none of them out. */
export const MAX_LISTED_DOCUMENTS = 2 * MAX_DOCUMENTS;
/** Days in which a deleted document can be restored. */
export const RESTORE_DAYS = 30;

/** Why a file is refused; `checksum`: its bytes are not those that its client announced. */
export const REFUSALS = ["type", "archive", "empty", "text", "checksum"] as const;
export type Refusal = (typeof REFUSALS)[number];

/**
 * Whether a version can be opened: `scanning` is not looked at by the virus scanner yet, `infected` was found to be harmful and is gone,
 * `missing` is lost from the store.
 */
export type VersionState = "ready" | "scanning" | "infected" | "missing";

export type DocumentVersionDto = {
  version: number;
  name: string;
  media_type: string;
  bytes: number;
  /** In hexadecimal. */
  sha256: string;
  state: VersionState;
  has_thumbnail: boolean;
  preview: Preview | null;
  uploaded_by: { id: number; name: string };
  uploaded_at: string;
};

/** A document as lists show it, with its current version. */
export type DocumentDto = {
  id: string;
  name: string;
  slot: string | null;
  current: DocumentVersionDto;
  created_at: string;
  /** Null while it is there. */
  deleted: { at: string; by: { id: number; name: string }; restorable_until: string } | null;
  may: { replace: boolean; delete: boolean; restore: boolean };
};

/** A document with all of its versions, the newest first. */
export type DocumentDetails = DocumentDto & { versions: DocumentVersionDto[] };
