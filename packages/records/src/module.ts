import type { Database } from "@mgs/db/client";
import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import type { ChangeDeps } from "./changes/list-record-changes";
import { subjectChannels } from "./channels";
import { recordChanged } from "./outbox-kinds";
import { RECORD_RETENTION } from "./retention";
import { cardRoutes, recordRoutes } from "./routes";
import type { Subject } from "./subject";
import type { SavedList } from "./views/saved-list";
import { viewRoutes } from "./views/view-routes";

/** What the composition knows and records ask for. */
export type RecordPorts = Pick<ChangeDeps, "namesOf"> & {
  /** The name of a person, for those who have the same record open. */
  nameOf(deps: { database: Database }, userId: number): Promise<string>;
  /** Whether somebody is not to be seen by others. */
  isInvisible(deps: { database: Database }, userId: number): Promise<boolean>;
  /** The lists of this process that have saved views. */
  lists: readonly SavedList[];
};

/**
 * What every kind of record has: numbered changes, history, channels and saved views of its lists.
 * @param subjects the kinds of records of this process
 */
export const records = (subjects: readonly Subject[], ports: RecordPorts) =>
  defineModule({
    name: "records",
    tables: ["change_heads", "record_changes", "record_keys", "saved_views"],
    retention: RECORD_RETENTION,
    routes: [...recordRoutes(subjects, ports), ...cardRoutes(subjects), ...viewRoutes(ports)],
    openApi: async () => ({
      ...(await import("./routes.openapi")).recordOpenApi(subjects),
      ...(await import("./routes.openapi")).cardOpenApi,
      ...(await import("./views/view-routes.openapi")).viewOpenApi,
    }),
    channels: subjectChannels(subjects, ports.nameOf, ports.isInvisible),
    asyncApi: async () => (await import("./channels.asyncapi")).recordAsyncApi(subjects),
    outbox: [
      handle(recordChanged, async () =>
        (await import("./changes/announce-record-change")).announceRecordChange(subjects),
      ),
    ],
  });
