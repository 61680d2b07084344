import { listClients } from "@mgs/identity/clients/list-clients";
import { findAccountOf } from "@mgs/identity/users/find-account";
import type { CommandPorts } from "@mgs/module/command";
import { countLiveAccessTokens } from "@mgs/oidc/client-payloads.repository";
import { oidcHooks } from "@mgs/oidc/identity-hooks";
import { portalAuthHooks } from "@mgs/portal-auth/identity-hooks";

/** Functions of one package that commands of another call. */
export const COMMAND_PORTS: CommandPorts = {
  identityHooks: [oidcHooks, portalAuthHooks],
  findAccount: findAccountOf,
  listClients,
  countLiveAccessTokens,
};
