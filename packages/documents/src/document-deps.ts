import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Database, Transaction } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { RecordRef } from "@mgs/records/changes/changes.repository";
import type { DocumentServices } from "./services";

/** What a record's domain does when a document fills a place of it, such as a piece of its checklist. */
export type SlotFilled = (
  tx: Transaction,
  actor: Actor,
  filled: { record: RecordRef; slot: string; documentId: string; at: Date },
) => Promise<readonly NewOutboxRow[]>;

/** What the composition knows and documents ask for. */
export type DocumentPorts = {
  /** Called in the transaction that stores the document, before the record's change is written. */
  slotFilled?: SlotFilled;
};

export type DocumentDeps = DocumentServices & { database: Database; clock: Clock; enqueuer: Enqueuer };
