import type { CommandGroup } from "@mgs/module/command";
import { addKeysList } from "./keys-list.command";
import { addKeysRotate } from "./keys-rotate.command";

export const oidcCommands: readonly CommandGroup[] = [
  { title: "Signing keys:", commands: [addKeysList, addKeysRotate] },
];
