import type { Database, Transaction } from "@mgs/db/client";
import type { RecordRef } from "@mgs/records/changes/changes.repository";
import { stateOf } from "./document-dto";
import { findDocumentsIn } from "./documents.repository";

/** A file as a text shows it that it came with. */
export type Attachment = {
  id: string;
  slot: string;
  name: string;
  media_type: string;
  bytes: number;
  /** `ready`, or why it cannot be opened. */
  state: string;
  has_thumbnail: boolean;
  createdBy: number;
};

/** The documents in some places of a record, in the order in which they came. The caller has checked the access. */
export async function findAttachments(
  database: Database | Transaction,
  record: RecordRef,
  slots: readonly string[],
): Promise<Attachment[]> {
  const documents = await findDocumentsIn(database, record, slots);
  return documents.flatMap(({ id, slot, createdBy, currentVersion, versions }) => {
    const current = versions.find(({ version }) => version === currentVersion);
    if (!current || slot === null) return [];
    const state = stateOf(current);
    return [
      {
        ...{ id, slot, createdBy, state, name: current.name, media_type: current.mediaType },
        ...{ bytes: Number(current.bytes), has_thumbnail: state === "ready" && current.thumbnail === "ready" },
      },
    ];
  });
}
