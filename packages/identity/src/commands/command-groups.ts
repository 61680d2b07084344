import type { CommandGroup } from "@mgs/module/command";
import { addClientCreate } from "./client-create.command";
import { addClientEdit } from "./client-edit.command";
import { addClientImport } from "./client-import.command";
import { addClientList } from "./client-list.command";
import { addClientRevoke } from "./client-revoke.command";
import { addClientRotateSecret } from "./client-rotate-secret.command";
import { addClientShow } from "./client-show.command";
import { addConsentList } from "./consent-list.command";
import { addConsentWithdraw } from "./consent-withdraw.command";
import { addLifetimesSet } from "./lifetimes-set.command";
import { addLifetimesShow } from "./lifetimes-show.command";
import { addRoleSecondFactor } from "./role-second-factor.command";
import { addTokensRevoke } from "./tokens-revoke.command";
import { addUserCreate } from "./user-create.command";
import { addUserDisable } from "./user-disable.command";
import { addUserImport } from "./user-import.command";
import { addUserList } from "./user-list.command";
import { addUserPassword } from "./user-password.command";
import { addUserSecondFactorReset } from "./user-second-factor-reset.command";

export const identityCommands: readonly CommandGroup[] = [
  {
    title: "OAuth clients:",
    commands: [
      addClientCreate,
      addClientList,
      addClientShow,
      addClientEdit,
      addClientRotateSecret,
      addClientRevoke,
      addClientImport,
      addConsentList,
      addConsentWithdraw,
    ],
  },
  {
    title: "People:",
    commands: [
      ...[addUserCreate, addUserList, addUserDisable, addUserPassword, addUserSecondFactorReset],
      ...[addRoleSecondFactor, addUserImport, addTokensRevoke],
      ...[addLifetimesShow, addLifetimesSet],
    ],
  },
];
