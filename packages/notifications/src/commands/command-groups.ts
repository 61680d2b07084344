import type { CommandGroup } from "@mgs/module/command";
import { addNotificationsList } from "./notifications-list.command";
import { addNotify } from "./notify.command";

export const notificationCommands: readonly CommandGroup[] = [
  { title: "Notifications:", commands: [addNotify, addNotificationsList] },
];
