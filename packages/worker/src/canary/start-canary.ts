import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { CANARY_CLIENT } from "@mgs/core/canary";
import { sha256 } from "@mgs/core/crypto";
import { withRequestId } from "@mgs/core/request-context";
import { ensureHiddenAccount } from "@mgs/identity/hidden-accounts.repository";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { trimInbox } from "@mgs/notifications/trim-inbox.repository";
import { type CanaryResult, finishTurn, takeTurn } from "@mgs/observability/canary/canary.repository";
import { metrics } from "@mgs/observability/metrics/registry";
import type { PublicPusherSettings } from "@mgs/realtime/connection";
import { openCanaryPage } from "./listen";
import { databaseTime, mailedAfter } from "./mailed-after";
import { createCanaryCaller } from "./post";

export type CanaryOptions = {
  /** Seconds between two turns; every worker may have the same. */
  interval: number;
  /** Address that the hidden account's mail goes to. */
  mailTo: string;
  /** Derives the machine client's secret, alike in every worker. */
  keyEncryptionKey: string;
  pusher: PublicPusherSettings;
};

/** Milliseconds that a notification has to arrive by either way. */
const PATIENCE = 30_000;
const LOOK_EVERY = 100;
/** The canary's notifications are deleted after that time, so that they cost nothing however long it runs. */
const INBOX_MAX_AGE_SECONDS = 60 * 60;

/** Sends a notification through the product's own front door every `interval` seconds, and times it. */
export function startCanary(deps: WorkerDeps, options: CanaryOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const secret = createHmac("sha256", options.keyEncryptionKey).update("mgs.canary").digest("base64url");
  const addresses = { issuer: deps.issuer, administration: deps.portalUrls.administration };
  const caller = createCanaryCaller(addresses, secret);
  const { canary, canaryRuns } = metrics();

  async function turn(): Promise<void> {
    const taken = await takeTurn(deps.database, options.interval);
    if (!taken) return;
    const result = await withRequestId(`canary-${randomUUID()}`, measure);
    await finishTurn(deps.database, taken, result);
    if (result.socketMs !== null) canary.observe({ leg: "socket" }, result.socketMs / 1_000);
    if (result.mailMs !== null) canary.observe({ leg: "mail" }, result.mailMs / 1_000);
    canaryRuns.inc({ result: result.error === null ? "ok" : "failed" });
    if (result.error !== null) deps.logger.warn({ reason: result.error }, "the canary's notification did not arrive");
  }

  async function measure(): Promise<CanaryResult> {
    let page: Awaited<ReturnType<typeof openCanaryPage>> | undefined;
    try {
      const userId = await ensureHiddenAccount(deps.database, {
        name: "Canary",
        email: options.mailTo,
        client: { id: CANARY_CLIENT, secretHash: sha256(secret), scopes: ["notifications:send"] },
      });
      await trimInbox(deps.database, userId, INBOX_MAX_AGE_SECONDS);
      await caller.prepare();
      page = await openCanaryPage(options.pusher, deps.publisher, userId).catch(() => undefined);
      const since = await databaseTime(deps.database);
      const start = performance.now();
      const id = await caller.post(userId);
      const [arrivedAt, mailMs] = await Promise.all([
        page?.arrival(id, PATIENCE) ?? null,
        untilMailed(id, since, start + PATIENCE),
      ]);
      const socketMs = arrivedAt === null ? null : Math.round(arrivedAt - start);
      const missing = [page ? socketMs === null && "socket" : "connect", mailMs === null && "mail"].filter(Boolean);
      return { socketMs, mailMs, error: missing.length === 0 ? null : missing.join("_and_") };
    } catch (error) {
      // Words of our own, such as post_503; what others say may hold anything.
      const word = error instanceof Error && /^(token|post)_\w+$/.test(error.message) ? error.message : "internal";
      if (word === "internal") deps.logger.error({ err: error }, "the canary failed");
      return { socketMs: null, mailMs: null, error: word };
    } finally {
      page?.close();
    }
  }

  async function untilMailed(id: string, since: Date, deadline: number): Promise<number | null> {
    while (performance.now() < deadline && !stopping.signal.aborted) {
      const after = await mailedAfter(deps.database, id, since);
      if (after === "dead") return null;
      if (after !== null) return Math.round(after);
      await delay(LOOK_EVERY);
    }
    return null;
  }

  async function sing(): Promise<void> {
    while (!stopping.signal.aborted) {
      await turn().catch((error: unknown) => deps.logger.debug({ err: error }, "the canary waits for PostgreSQL"));
      const untilNext = options.interval * 1_000 - (Date.now() % (options.interval * 1_000));
      await delay(untilNext, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const singing = sing();
  return {
    async stop() {
      stopping.abort();
      await singing;
    },
  };
}
