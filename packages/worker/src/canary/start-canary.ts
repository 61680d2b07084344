import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { CANARY_CLIENT } from "@mgs/core/canary";
import { sha256 } from "@mgs/core/crypto";
import { withRequestId } from "@mgs/core/request-context";
import { ensureHiddenAccount } from "@mgs/identity/hidden-accounts.repository";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { trimInbox } from "@mgs/notifications/trim-inbox.repository";
import { acquireRun, type CanaryResult, finishRun } from "@mgs/observability/canary/canary.repository";
import { metrics } from "@mgs/observability/metrics/registry";
import type { PublicPusherSettings } from "@mgs/realtime/connection";
import { createCanaryCaller } from "./canary-caller";
import { openCanaryPage } from "./canary-page";
import { measureMailLatency, readDatabaseTime } from "./mail-latency";

export type CanaryOptions = {
  /** Seconds between two runs; every worker may have the same. */
  intervalSeconds: number;
  /** Address that the hidden account's mail goes to. */
  mailTo: string;
  /** The machine client's secret is derived from it, so every worker has the same. */
  keyEncryptionKey: string;
  pusher: PublicPusherSettings;
};

/** Time that a notification has to arrive by socket and by mail. */
const ARRIVAL_TIMEOUT_MS = 30_000;
const POLL_MS = 100;
/** The canary deletes its older notifications, so that its inbox stays small. */
const INBOX_MAX_AGE_SECONDS = 60 * 60;

/** Sends a notification through the public API every `intervalSeconds` seconds, and measures its latency. */
export function startCanary(deps: WorkerDeps, options: CanaryOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const secret = createHmac("sha256", options.keyEncryptionKey).update("mgs.canary").digest("base64url");
  const addresses = { issuer: deps.issuer, administration: deps.portalUrls.administration };
  const caller = createCanaryCaller(addresses, secret);
  const { canary, canaryRuns } = metrics();

  async function run(): Promise<void> {
    const run = await acquireRun(deps.database, options.intervalSeconds);
    if (!run) return;
    const result = await withRequestId(`canary-${randomUUID()}`, measure);
    await finishRun(deps.database, run, result);
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
      await caller.prefetchToken();
      page = await openCanaryPage(options.pusher, deps.publisher, userId).catch(() => undefined);
      const since = await readDatabaseTime(deps.database);
      const start = performance.now();
      const id = await caller.sendNotification(userId);
      const [arrivedAt, mailMs] = await Promise.all([
        page?.waitForNotification(id, ARRIVAL_TIMEOUT_MS) ?? null,
        waitForMail(id, since, start + ARRIVAL_TIMEOUT_MS),
      ]);
      const socketMs = arrivedAt === null ? null : Math.round(arrivedAt - start);
      const missing = [page ? socketMs === null && "socket" : "connect", mailMs === null && "mail"].filter(Boolean);
      return { socketMs, mailMs, error: missing.length === 0 ? null : missing.join("_and_") };
    } catch (error) {
      // Only codes of our own, such as post_503, are stored: a foreign message may contain a secret.
      const code = error instanceof Error && /^(token|post)_\w+$/.test(error.message) ? error.message : "internal";
      if (code === "internal") deps.logger.error({ err: error }, "the canary failed");
      return { socketMs: null, mailMs: null, error: code };
    } finally {
      page?.close();
    }
  }

  async function waitForMail(id: string, since: Date, deadline: number): Promise<number | null> {
    while (performance.now() < deadline && !stopping.signal.aborted) {
      const latencyMs = await measureMailLatency(deps.database, id, since);
      if (latencyMs === "dead") return null;
      if (latencyMs !== null) return Math.round(latencyMs);
      await delay(POLL_MS);
    }
    return null;
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await run().catch((error: unknown) => deps.logger.debug({ err: error }, "the canary waits for PostgreSQL"));
      const intervalMs = options.intervalSeconds * 1_000;
      await delay(intervalMs - (Date.now() % intervalMs), undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
    }
  }

  const looping = loop();
  return {
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}
