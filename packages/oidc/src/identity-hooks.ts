import { sidOf } from "@mgs/identity/sessions/sid";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { deleteClientPayloads } from "./client-payloads.repository";
import { deleteGrantsOf } from "./consent-payloads.repository";
import { backchannelLogout } from "./outbox-kinds";
import { deleteSessionPayloads, findSessionClientIds } from "./session-payloads.repository";

/** What the provider stores for a sign-in or a client ends with it. */
export const oidcHooks: IdentityHooks = {
  findSessionClientIds,
  createLogoutRow: ({ userId, oidcSessionUid }, clientId) =>
    backchannelLogout.row({
      payload: { client_id: clientId, sub: String(userId), sid: sidOf(oidcSessionUid, clientId) },
    }),
  onSessionEnd: deleteSessionPayloads,
  async onClientTokensEnd(tx, clientId) {
    await deleteClientPayloads(tx, clientId);
  },
  onConsentWithdrawn: deleteGrantsOf,
};
