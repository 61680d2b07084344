import type { CommandGroup } from "@mgs/module/command";
import { addDown } from "./down.command";
import { addUp } from "./up.command";

export const maintenanceCommands: readonly CommandGroup[] = [{ title: "Maintenance:", commands: [addDown, addUp] }];
