import type { App } from "../apps";
import type { ServerContext } from "../context";
import type { Caller } from "../network/caller";
import { isOriginAllowed } from "../network/origin";
import { CloseCode, type CloseReason } from "../protocol/close-codes";

const APP_PATH = /^\/app\/([^/]+)\/?$/;
const SUPPORTED_VERSIONS = { from: 4, to: 7 };
/** The first version whose clients answer `pusher:ping`. */
const MIN_PING_VERSION = 5;

/** `answersPing`: whether the client knows `pusher:ping`. */
export type Admission = { app: App; answersPing: boolean; refusal?: undefined } | Refusal;
type Refusal = { app?: undefined; refusal: CloseReason };

const refuse = (code: CloseReason["code"], message: string): Refusal => ({ refusal: { code, message } });

/** The reason with which a stopping server closes clients. */
export const RESTARTING: CloseReason = {
  code: CloseCode.reconnect,
  message: "Server is restarting, reconnect immediately",
};

/** Decides from its URL whether a new WebSocket may stay, in the order of the protocol's close codes. */
export function admit(url: URL, context: ServerContext, caller: Caller): Admission {
  // This upgrade was still on its way when the server closed its clients.
  if (context.isClosingClients()) return { refusal: RESTARTING };
  const key = APP_PATH.exec(url.pathname)?.[1];
  if (key === undefined) return refuse(CloseCode.pathUnknown, "Path not found");

  const app = context.apps.byKey(key)?.app;
  if (app === undefined) return refuse(CloseCode.appUnknown, "App key does not exist");
  const refused = refuseCaller(app, caller);
  if (refused !== undefined) return refused;

  const version = url.searchParams.get("protocol");
  if (version === null || version === "") return refuse(CloseCode.versionMissing, "No protocol version supplied");
  if (!/^\d{1,9}$/.test(version))
    return refuse(CloseCode.versionInvalid, "Invalid protocol version: expected an integer");
  if (Number(version) < SUPPORTED_VERSIONS.from || Number(version) > SUPPORTED_VERSIONS.to) {
    return refuse(CloseCode.versionUnsupported, "Unsupported protocol version");
  }
  return refuseOverCapacity(app, context, caller) ?? { app, answersPing: Number(version) >= MIN_PING_VERSION };
}

/** Decides whether a client of another protocol, which has no key and no version, may use an app. */
export function admitToApp(app: App | undefined, context: ServerContext, caller: Caller): Admission {
  if (context.isClosingClients()) return { refusal: RESTARTING };
  if (app === undefined) return refuse(CloseCode.appUnknown, "App does not exist");
  return refuseCaller(app, caller) ?? refuseOverCapacity(app, context, caller) ?? { app, answersPing: false };
}

function refuseCaller(app: App, caller: Caller): Refusal | undefined {
  if (!app.enabled) return refuse(CloseCode.appDisabled, "Application disabled");
  if (app.tlsOnly && !caller.isSecure) {
    return refuse(CloseCode.tlsRequired, "Application only accepts TLS connections, reconnect using wss://");
  }
  if (!isOriginAllowed(caller.origin, app.allowedOrigins)) {
    return refuse(CloseCode.unauthorized, "Origin not allowed");
  }
  return undefined;
}

function refuseOverCapacity(app: App, { hub, limits }: ServerContext, caller: Caller): Refusal | undefined {
  if (hub.connectionCount(app) >= app.limits.maxAppConnections) {
    return refuse(CloseCode.overQuota, "Application is over its connection quota");
  }
  if (hub.connectionCount() >= limits.maxConnections) {
    return refuse(CloseCode.overCapacity, "Over capacity, reconnect later");
  }
  if (hub.connectionsFrom(caller.address) >= limits.maxConnectionsPerAddress) {
    return refuse(CloseCode.overCapacity, "Too many connections from this address");
  }
  return undefined;
}
