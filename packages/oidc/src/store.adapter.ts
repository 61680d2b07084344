import type { Sealer } from "@mgs/core/crypto";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import { clientMetadata } from "./client-metadata";
import { destroyByGrant } from "./grant-revocation.repository";
import { EXPIRED_INTERACTION_RETENTION_SECONDS, REFRESH_REPLAY_WINDOW_SECONDS } from "./lifetimes";
import { loadClient, loadPayload } from "./load-once";
import { findPayload } from "./payloads.repository";
import { reportRace, reportReuse } from "./steps/refresh-race";
import { currentUnitOfWork } from "./unit-of-work";
import { withUnitOfWork } from "./with-unit-of-work";

/**
 * oidc-provider's storage contract on PostgreSQL (`example/my_adapter.js` of that library says what must hold).
 * Clients are rows of their own; everything else is an `oidc_payloads` row, its identifier hashed, its content sealed.
 */
export function createAdapterFactory(deps: { database: Database; sealer: Sealer; enqueuer: Enqueuer }): AdapterFactory {
  const { database, sealer } = deps;
  return (model): Adapter => ({
    async find(id) {
      if (!isStorableText(id)) return undefined;
      if (model === "Client") {
        const client = await loadClient(deps, id);
        return client ? clientMetadata(client) : undefined;
      }
      const payload = (await loadPayload(deps, model, id)) ?? undefined;
      const consumed = payload?.consumed;
      if (model === "RefreshToken" && typeof consumed === "number") {
        if (Date.now() / 1_000 - consumed < REFRESH_REPLAY_WINDOW_SECONDS) reportRace();
        else reportReuse(payload ?? {});
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
      const kept = model === "Interaction" ? expiresIn + EXPIRED_INTERACTION_RETENTION_SECONDS : expiresIn;
      await withUnitOfWork(deps, async (unit) => unit.save({ model, id, payload, expiresIn: kept }));
    },
    async consume(id) {
      await withUnitOfWork(deps, async (unit) => unit.consume(model, id));
    },
    async destroy(id) {
      await withUnitOfWork(deps, async (unit) => unit.remove(model, id));
    },
    async revokeByGrantId(grantId) {
      currentUnitOfWork()?.discardGrant(grantId);
      // The library calls this once for each model of the family; the first call destroys all of it.
      await destroyByGrant(deps, grantId);
    },
  });
}
