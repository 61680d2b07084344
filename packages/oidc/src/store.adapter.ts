import type { Sealer } from "@mgs/core/crypto";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { findClient } from "@mgs/identity/clients/clients.repository";
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from "oidc-provider";
import { clientMetadata } from "./client-metadata";
import { consumePayload, destroyByGrant, destroyPayload, findPayload, savePayload } from "./payloads.repository";
import { RACE_WINDOW, reportRace } from "./refresh-race";

/**
 * oidc-provider's storage contract on PostgreSQL (`example/my_adapter.js` of that library says what must hold).
 * Clients are rows of their own; everything else is an `oidc_payloads` row, its identifier hashed, its content sealed.
 */
export function createAdapterFactory(deps: { database: Database; sealer: Sealer }): AdapterFactory {
  const { database, sealer } = deps;
  return (model): Adapter => ({
    async find(id) {
      if (!isStorableText(id)) return undefined;
      if (model === "Client") {
        const client = await findClient(database, id);
        return client ? clientMetadata(client) : undefined;
      }
      const payload = (await findPayload(database, sealer, model, { id })) ?? undefined;
      const consumed = payload?.consumed;
      if (model === "RefreshToken" && typeof consumed === "number" && Date.now() / 1_000 - consumed < RACE_WINDOW) {
        reportRace();
      }
      return payload;
    },
    async findByUid(uid) {
      return (await findPayload(database, sealer, model, { uid })) ?? undefined;
    },
    async findByUserCode() {
      return undefined;
    },
    async upsert(id: string, payload: AdapterPayload, expiresIn: number) {
      await savePayload(database, sealer, model, id, payload, expiresIn);
    },
    async consume(id) {
      const first = await consumePayload(database, model, id);
      if (!first && model === "RefreshToken") reportRace();
      if (!first) throw new errors.InvalidGrant(`${model} was consumed by another request`);
    },
    async destroy(id) {
      await destroyPayload(database, model, id);
    },
    async revokeByGrantId(grantId) {
      await destroyByGrant(database, model, grantId);
    },
  });
}
