import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import { purgeKeys } from "./idempotency/idempotency.repository";
import { recordChanged } from "./outbox-kinds";
import type { Subject } from "./subject";

/**
 * What every kind of record has: numbered changes, history and saved views of its lists.
 * @param subjects the kinds of records of this process
 */
export const records = (subjects: readonly Subject[]) =>
  defineModule({
    name: "records",
    tables: ["change_heads", "record_changes", "record_keys", "saved_views"],
    retention: [{ table: "record_keys", sweep: purgeKeys }],
    outbox: [
      handle(recordChanged, async () =>
        (await import("./changes/announce-record-change")).announceRecordChange(subjects),
      ),
    ],
  });
