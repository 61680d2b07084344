import { bindSocket } from "./actions/bind-socket";
import { listChannels } from "./actions/list-channels";
import { listUsers } from "./actions/list-users";
import { showChannel } from "./actions/show-channel";
import { showProcess } from "./actions/show-process";
import { showStats } from "./actions/show-stats";
import { reauthorizeConnections, terminateConnections } from "./actions/terminate-connections";
import { triggerBatch } from "./actions/trigger-batch";
import { triggerEvent } from "./actions/trigger-event";
import type { ApiRoute } from "./route";

/** The HTTP API of Pusher Channels, below `/apps/:id`, and four extensions. */
export const routes: readonly ApiRoute[] = [
  { method: "POST", path: /^\/events$/, act: triggerEvent },
  { method: "POST", path: /^\/batch_events$/, act: triggerBatch },
  { method: "GET", path: /^\/channels$/, act: listChannels },
  { method: "GET", path: /^\/channels\/(?<channel>[^/]+)$/, act: showChannel },
  { method: "GET", path: /^\/channels\/(?<channel>[^/]+)\/users$/, act: listUsers },
  { method: "POST", path: /^\/users\/(?<user>[^/]+)\/terminate_connections$/, act: terminateConnections },
  { method: "POST", path: /^\/users\/(?<user>[^/]+)\/reauthorize_connections$/, act: reauthorizeConnections },
  { method: "POST", path: /^\/sockets\/(?<socket>[^/]+)\/bindings$/, act: bindSocket },
  { method: "GET", path: /^\/process$/, act: showProcess },
  { method: "GET", path: /^\/stats$/, act: showStats },
];
