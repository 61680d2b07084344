import type { CommandGroup } from "@mgs/module/command";
import { provider } from "@mgs/oidc/module";
import { addAuditVerify } from "./commands/audit-verify.command";
import { addCacheClear } from "./commands/cache-clear.command";
import { addCompletion } from "./commands/completion.command";
import { addDbBackup } from "./commands/db-backup.command";
import { addDbRestore } from "./commands/db-restore.command";
import { addDoctor } from "./commands/doctor.command";
import { addMigrate } from "./commands/migrate.command";
import { addMigrateRollback } from "./commands/migrate-rollback.command";
import { addMigrateStatus } from "./commands/migrate-status.command";
import { addQueueFailed } from "./commands/queue-failed.command";
import { addQueuePause, addQueueResume } from "./commands/queue-pause.command";
import { addQueueRetry } from "./commands/queue-retry.command";
import { addQueueStatus } from "./commands/queue-status.command";
import { addRealtimeChannels } from "./commands/realtime-channels.command";
import { addRealtimeDisconnect } from "./commands/realtime-disconnect.command";
import { addRealtimePublish } from "./commands/realtime-publish.command";
import { addRealtimeStats } from "./commands/realtime-stats.command";
import { addRealtimeTest } from "./commands/realtime-test.command";
import { addRoutes } from "./commands/routes.command";
import type { CliContext } from "./context";
import { DOMAINS } from "./domains";

/** Commands of the installation itself: queues, the realtime server, the database, backups, the doctor. */
const INSTALLATION_COMMANDS: readonly CommandGroup<CliContext>[] = [
  { title: "Queues:", commands: [addQueueStatus, addQueueFailed, addQueueRetry, addQueuePause, addQueueResume] },
  {
    title: "Realtime:",
    commands: [addRealtimeTest, addRealtimeStats, addRealtimeChannels, addRealtimePublish, addRealtimeDisconnect],
  },
  { title: "Audit trail:", commands: [addAuditVerify] },
  {
    title: "Operation:",
    commands: [
      addMigrate,
      addMigrateStatus,
      addMigrateRollback,
      addDbBackup,
      addDbRestore,
      addDoctor,
      addCacheClear,
      addRoutes,
      addCompletion,
    ],
  },
];

/** Loads the commands of every domain, then those of the installation, in the order of the help. */
export async function loadCommandGroups(): Promise<readonly CommandGroup<CliContext>[]> {
  const groups = await Promise.all([...DOMAINS, provider].map(async (domain) => (await domain.commands?.()) ?? []));
  return [...groups.flat(), ...INSTALLATION_COMMANDS];
}
