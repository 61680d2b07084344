import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createLogger } from "@mgs/core/logger";
import { createAppRegistry } from "./apps";
import { createLocalCluster } from "./cluster/local";
import type { ServerContext } from "./context";
import { createHttpHandler } from "./http/handle";
import { Hub, type HubStatistics } from "./hub/hub";
import { createOutbox } from "./hub/outbox";
import { defaultLimits, type RealtimeServerOptions } from "./options";
import { CloseCode } from "./protocol/close-codes";
import { createAcceptor } from "./socket/accept";
import { startHeartbeat } from "./socket/heartbeat";
import type { Webhooks } from "./webhooks/webhooks";

export type RealtimeServer = {
  /**
   * @param port 0 for a free one
   * @throws Error of the operating system (`EADDRINUSE`, `EACCES`)
   */
  listen(port: number): Promise<void>;
  /** The port in use; 0 before `listen`. */
  readonly port: number;
  /** What is open now, and what went through since the start. */
  statistics(): HubStatistics;
  /**
   * Stops accepting, sends every client away with 4200, answers what is under way, then stops. `/health/ready` says no
   * from the first moment. Safe to call twice.
   */
  close(): Promise<void>;
};

const noWebhooks: Webhooks = { raise: () => undefined, stop: () => Promise.resolve() };

/** A server of the Pusher Channels protocol 7 and its HTTP API, on one port. */
export function createRealtimeServer(options: RealtimeServerOptions): RealtimeServer {
  const limits = { ...defaultLimits, ...options.limits };
  let isDraining = false;
  const apps = createAppRegistry(options.apps, limits);
  const outbox = createOutbox(options.onWritten);
  const cluster = options.cluster ?? createLocalCluster();
  const hub = new Hub({ cluster, outbox, apps, webhooks: options.webhooks ?? noWebhooks });
  const context: ServerContext = {
    apps,
    hub,
    outbox,
    limits,
    logger: options.logger ?? createLogger("realtime-server", "silent"),
    metricsToken: options.metricsToken,
    isDraining: () => isDraining,
  };
  const http = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      // Offers of other protocols (`h2c`) are ordinary requests.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
    },
    createHttpHandler(context),
  );
  http.on("upgrade", createAcceptor(context));
  let stopHeartbeat = (): void => undefined;
  let closing: Promise<void> | undefined;

  return {
    async listen(port) {
      await cluster.start();
      await new Promise<void>((resolve, reject) => {
        http.once("error", reject);
        http.listen({ port, ...(options.host === undefined ? {} : { host: options.host }) }, () => {
          http.off("error", reject);
          stopHeartbeat = startHeartbeat(hub, limits);
          resolve();
        });
      });
    },
    get port() {
      return (http.address() as AddressInfo | null)?.port ?? 0;
    },
    statistics: () => hub.statistics(),
    close() {
      isDraining = true;
      closing ??= drain();
      return closing;
    },
  };

  async function drain(): Promise<void> {
    if (limits.drainDelayMs > 0) await delay(limits.drainDelayMs);
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    for (const connection of hub.connections()) {
      connection.close({ code: CloseCode.reconnect, message: "Server is restarting, reconnect immediately" });
    }
    await hub.whenEmpty(limits.closeGraceMs);
    stopHeartbeat();
    for (const connection of [...hub.connections()]) connection.terminate();
    const timer = setTimeout(() => http.closeAllConnections(), limits.closeGraceMs);
    await closed;
    clearTimeout(timer);
    hub.stop();
    await cluster.stop();
    await options.webhooks?.stop(limits.closeGraceMs);
  }
}
