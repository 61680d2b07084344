import type { RetentionRule } from "@mgs/db/retention";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { RESTORE_DAYS } from "./contract/document";
import { purgeDeleted } from "./documents.repository";
import { workerServices } from "./services";
import { removeFiles } from "./sweep/sweep-documents";

const DAY_MS = 24 * 3_600 * 1_000;

export const DOCUMENTS_RETENTION: readonly RetentionRule<WorkerDeps>[] = [
  {
    table: "documents",
    async sweep(database, limit) {
      const ids = await purgeDeleted(database, new Date(Date.now() - RESTORE_DAYS * DAY_MS), limit);
      await removeFiles(workerServices(), ids);
      return ids.length;
    },
  },
];
