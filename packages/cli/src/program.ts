import { Command } from "commander";
import { addCacheClear } from "./commands/cache-clear.command";
import { addClientCreate } from "./commands/client-create.command";
import { addClientImport } from "./commands/client-import.command";
import { addClientList } from "./commands/client-list.command";
import { addClientRevoke } from "./commands/client-revoke.command";
import { addClientRotateSecret } from "./commands/client-rotate-secret.command";
import { addClientShow } from "./commands/client-show.command";
import { addCompletion } from "./commands/completion.command";
import { addNotificationsList } from "./commands/notifications-list.command";
import { addNotify } from "./commands/notify.command";
import { OPERATIONS } from "./commands/operations";
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
import { addTokensRevoke } from "./commands/tokens-revoke.command";
import { addUserCreate } from "./commands/user-create.command";
import { addUserDisable } from "./commands/user-disable.command";
import { addUserImport } from "./commands/user-import.command";
import { addUserList } from "./commands/user-list.command";
import { addUserPassword } from "./commands/user-password.command";
import type { CliContext } from "./context";

/** In the order of the help. */
const GROUPS: readonly { title: string; commands: readonly ((program: Command, context: CliContext) => void)[] }[] = [
  {
    title: "OAuth clients:",
    commands: [addClientCreate, addClientList, addClientShow, addClientRotateSecret, addClientRevoke, addClientImport],
  },
  {
    title: "People:",
    commands: [addUserCreate, addUserList, addUserDisable, addUserPassword, addUserImport, addTokensRevoke],
  },
  { title: "Notifications:", commands: [addNotify, addNotificationsList] },
  { title: "Queues:", commands: [addQueueStatus, addQueueFailed, addQueueRetry, addQueuePause, addQueueResume] },
  {
    title: "Realtime:",
    commands: [addRealtimeTest, addRealtimeStats, addRealtimeChannels, addRealtimePublish, addRealtimeDisconnect],
  },
  { title: "Operation:", commands: [...OPERATIONS, addCacheClear, addRoutes, addCompletion] },
];

/** The command tree. Nothing is read or opened before a command runs. */
export function buildProgram(context: CliContext): Command {
  const program = new Command("mgs")
    .description("MGS Multi-Sites from the command line")
    .usage("<command> [options]")
    .addHelpText("after", "\nExit codes: 0 done, 1 refused or failed, 2 wrong usage or input, 130 interrupted.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.complain(text.trimEnd()),
      getOutHasColors: () => context.colours,
    });
  for (const { title, commands } of GROUPS) {
    program.commandsGroup(title);
    for (const add of commands) add(program, context);
  }
  // Each takes over how the program ends and writes.
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}
