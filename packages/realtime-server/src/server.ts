import { createServer, type RequestListener, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createLogger } from "@mgs/core/logger";
import { type AppDefinition, createAppRegistry } from "./apps";
import { createLocalCluster } from "./cluster/local-cluster";
import type { ServerContext } from "./context";
import { createFrameTrace } from "./debug/frame-trace";
import { createFallback } from "./fallback/handle";
import { createHttpHandler } from "./http/handle";
import { createFlushScheduler } from "./hub/flush-scheduler";
import { Hub } from "./hub/hub";
import type { HubStatistics } from "./hub/statistics";
import type { ClientProtocol, Traffic } from "./hub/traffic";
import { deliverBroadcast } from "./laravel-bridge/deliver-broadcast";
import { createLaravelBridge } from "./laravel-bridge/laravel-bridge";
import { defaultLimits } from "./limits";
import { addressRanges } from "./network/address-ranges";
import { createCallerReader } from "./network/caller";
import { type OperationsServer, startOperationsServer } from "./ops/operations-server";
import { type ServerReport, watchServer } from "./ops/server-report";
import type { RealtimeServerOptions } from "./options";
import { CloseCode } from "./protocol/close-codes";
import { createAcceptor } from "./socket/accept";
import { RESTARTING } from "./socket/admission";
import { startHeartbeat } from "./socket/heartbeat";
import type { SocketIoOptions } from "./socket-io/options";
import { createSocketIo } from "./socket-io/socket-io";
import { createCertificateReload } from "./tls/certificate-reload";
import { createWebhooks } from "./webhooks/create-webhooks";

export type RealtimeServer = {
  /**
   * @param port 0 for a free one
   * @throws Error of the operating system (`EADDRINUSE`, `EACCES`)
   */
  listen(port: number): Promise<void>;
  /** The port in use; 0 before `listen`. */
  readonly port: number;
  /** Open connections now, and traffic since the start. */
  statistics(): HubStatistics;
  /** The part of the clients that speak one protocol. */
  trafficBy(protocol: ClientProtocol): Traffic;
  /** The answer of `/stats`. */
  report(): ServerReport;
  /** The port of health, metrics and statistics; 0 where they have none of their own. */
  readonly operationsPort: number;
  /**
   * Replaces the apps. Clients stay connected, except those of a removed app, closed with 4001, and of a disabled one, closed
   * with 4003.
   * @throws Error when two apps share an id or a key; nothing has changed then
   */
  replaceApps(definitions: readonly AppDefinition[]): void;
  /** Reloads the certificate, as the server does by itself when its files change. Never throws. */
  reloadCertificate(): Promise<void>;
  /**
   * Stops accepting, closes every client with 4200, answers requests under way, then stops. `/health/ready` answers 503 from
   * the first moment. Safe to call twice.
   */
  close(): Promise<void>;
};

/** A server of the Pusher Channels protocol 7 and its HTTP API, on one port. It starts nothing before `listen`. */
export function createRealtimeServer(options: RealtimeServerOptions): RealtimeServer {
  const limits = { ...defaultLimits, ...options.limits };
  const logger = options.logger ?? createLogger("realtime-server", "silent");
  let isDraining = false;
  let isClosingClients = false;
  const apps = createAppRegistry(options.apps, limits);
  const flushScheduler = createFlushScheduler(options.onWritten);
  const cluster = options.cluster ?? createLocalCluster();
  const webhooks = options.webhooks ?? createWebhooks({ logger });
  const hub = new Hub({ cluster, flushScheduler, apps, webhooks });
  const context: ServerContext = {
    apps,
    hub,
    flushScheduler,
    limits,
    logger,
    metricsToken: options.metricsToken,
    hasOperationsAddress: options.operations !== undefined,
    echoHttp: echoHttpOf(options.socketIo),
    callerOf: createCallerReader(addressRanges(options.trustedProxies ?? [])),
    trace: options.debug ? createFrameTrace(logger) : undefined,
    report: () => watch.report(),
    isDraining: () => isDraining,
    isClosingClients: () => isClosingClients,
  };
  const watch = watchServer(context);
  const { laravel } = options;
  const bridge =
    laravel && createLaravelBridge(laravel, (event) => deliverBroadcast(context, laravel.appId, event), logger);
  const headersTimeout = options.headersTimeoutMs ?? 10_000;
  const httpOptions: ServerOptions = {
    headersTimeout,
    requestTimeout: options.requestTimeoutMs ?? 30_000,
    // Node checks every 30 s by default, which would give a slow request that much longer.
    connectionsCheckingInterval: Math.min(headersTimeout, 5_000),
    keepAliveTimeout: 65_000,
    // Offers of other protocols (`h2c`) are ordinary requests.
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
  };
  const fallback = createFallback(context, options.fallbackTimes);
  const socketIo = options.socketIo && createSocketIo(context, options.socketIo);
  const answer = createHttpHandler(context);
  const handler: RequestListener = (request, response) => {
    if (!fallback.handle(request, response) && !socketIo?.handle(request, response)) answer(request, response);
  };
  const tls =
    options.tls === undefined
      ? undefined
      : createTlsServer({ ...httpOptions, handshakeTimeout: headersTimeout }, handler);
  const http = tls ?? createServer(httpOptions, handler);
  const certificate =
    options.tls && tls && createCertificateReload(tls, options.tls, { logger, pollMs: options.certificatePollMs });
  let operations: OperationsServer | undefined;
  const accept = createAcceptor(context);
  http.on("upgrade", (request, socket, head) => {
    if (!socketIo?.upgrade(request, socket, head)) accept(request, socket, head);
  });
  let stopHeartbeat = (): void => undefined;
  let closing: Promise<void> | undefined;

  return {
    async listen(port) {
      watch.start();
      await certificate?.start();
      await cluster.start();
      await bridge?.start();
      operations = options.operations && (await startOperationsServer(context, options.operations));
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
    get operationsPort() {
      return operations?.port ?? 0;
    },
    statistics: () => hub.statistics(),
    trafficBy: (protocol) => hub.trafficBy(protocol),
    report: () => watch.report(),
    replaceApps(definitions) {
      for (const app of apps.replace(definitions)) {
        hub.closeApp(app, { code: CloseCode.appUnknown, message: "Application was removed" });
      }
      for (const app of apps.all()) {
        if (!app.enabled) hub.closeApp(app, { code: CloseCode.appDisabled, message: "Application disabled" });
      }
    },
    reloadCertificate: async () => certificate?.reload(),
    close() {
      isDraining = true;
      closing ??= drain();
      return closing;
    },
  };

  async function drain(): Promise<void> {
    if (limits.drainDelayMs > 0) await delay(limits.drainDelayMs);
    // Events that other replicas have published by now reach the clients before these are closed.
    await cluster.waitForDelivery();
    // A client between two polls gets the reason with its next one, so sessions of the fallback and of Socket.IO end before the listener.
    await Promise.all([
      fallback.stop(RESTARTING, limits.closeGraceMs),
      socketIo?.stop(RESTARTING, limits.closeGraceMs),
    ]);
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    await cluster.waitForDelivery();
    isClosingClients = true;
    for (const connection of hub.connections()) connection.close(RESTARTING);
    await hub.whenEmpty(limits.closeGraceMs);
    stopHeartbeat();
    for (const connection of [...hub.connections()]) connection.terminate();
    const timer = setTimeout(() => http.closeAllConnections(), limits.closeGraceMs);
    await closed;
    clearTimeout(timer);
    certificate?.stop();
    watch.stop();
    await operations?.close();
    bridge?.stop();
    hub.stop();
    await cluster.stop();
    await webhooks.stop(limits.closeGraceMs);
  }
}

function echoHttpOf(socketIo: SocketIoOptions | undefined): ServerContext["echoHttp"] {
  const { appId, httpKey: key } = socketIo ?? {};
  return appId === undefined || key === undefined ? undefined : { appId, key };
}
