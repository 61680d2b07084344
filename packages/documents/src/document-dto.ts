import type { Actor } from "@mgs/core/actor";
import type { Database, Transaction } from "@mgs/db/client";
import { namesOf } from "@mgs/identity/users/name-of";
import type { SubjectView } from "@mgs/records/subject";
import {
  type DocumentDetails,
  type DocumentDto,
  type DocumentVersionDto,
  RESTORE_DAYS,
  type VersionState,
} from "./contract/document";
import { previewOf } from "./contract/media-types";
import type { DocumentRow, DocumentWithVersions, VersionRow } from "./documents.repository";

const DAY_MS = 24 * 3_600 * 1_000;

export function stateOf({ scan, missingAt }: Pick<VersionRow, "scan" | "missingAt">): VersionState {
  if (scan === "pending") return "scanning";
  if (scan === "infected") return "infected";
  return missingAt === null ? "ready" : "missing";
}

/** The end of the time in which a deleted document can be restored. */
export const restorableUntil = (deletedAt: Date): Date => new Date(deletedAt.getTime() + RESTORE_DAYS * DAY_MS);

/** Who brought a document may delete and restore it, and whoever changes the record. */
export function mayTidy(actor: Actor, view: SubjectView, { createdBy }: Pick<DocumentRow, "createdBy">): boolean {
  return (actor.kind === "user" && actor.userId === createdBy) || view.may.edit === true;
}

/** Documents for one reader, with the names of their people. */
export async function toDetails(
  database: Database | Transaction,
  actor: Actor,
  view: SubjectView,
  documents: readonly DocumentWithVersions[],
): Promise<DocumentDetails[]> {
  const people = documents.flatMap(({ deletedBy, versions }) => [
    ...versions.map(({ uploadedBy }) => uploadedBy),
    ...(deletedBy === null ? [] : [deletedBy]),
  ]);
  const names = await namesOf(database, people);
  const toPerson = (id: number) => ({ id, name: names.get(id) ?? "" });
  return documents.map((document) => {
    const versions = document.versions.map((row) => toVersion(row, toPerson));
    const [current] = versions;
    if (!current) throw new Error(`document ${document.id} has no version`);
    const { id, name, slot, deletedAt, deletedBy } = document;
    const mayChange = mayTidy(actor, view, document);
    return {
      ...{ id, name, slot, current, versions, created_at: document.createdAt.toISOString() },
      deleted:
        deletedAt === null
          ? null
          : {
              at: deletedAt.toISOString(),
              by: toPerson(deletedBy ?? 0),
              restorable_until: restorableUntil(deletedAt).toISOString(),
            },
      may: {
        replace: view.may.attach && deletedAt === null,
        delete: mayChange && deletedAt === null,
        restore: mayChange && deletedAt !== null,
      },
    };
  });
}

export function toSummary({ versions: _, ...document }: DocumentDetails): DocumentDto {
  return document;
}

function toVersion(row: VersionRow, toPerson: (id: number) => { id: number; name: string }): DocumentVersionDto {
  const state = stateOf(row);
  return {
    ...{
      version: row.version,
      name: row.name,
      media_type: row.mediaType,
      bytes: Number(row.bytes),
      sha256: row.sha256,
    },
    ...{ state, has_thumbnail: state === "ready" && row.thumbnail === "ready" },
    preview: state === "ready" ? previewOf(row.mediaType) : null,
    ...{ uploaded_by: toPerson(row.uploadedBy), uploaded_at: row.uploadedAt.toISOString() },
  };
}
