import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { deleteClientPayloads } from "./client-payloads.repository";
import { deleteSessionPayloads, findSessionClientIds, LIVE_PROVIDER_SESSION } from "./session-payloads.repository";

/** What the provider stores for a sign-in or a client ends with it. */
export const oidcHooks: IdentityHooks = {
  keepsSessionAlive: LIVE_PROVIDER_SESSION,
  findSessionClientIds,
  onSessionEnd: deleteSessionPayloads,
  async onClientRevoked(tx, clientId) {
    await deleteClientPayloads(tx, clientId);
  },
};
