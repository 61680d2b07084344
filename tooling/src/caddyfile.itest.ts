import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import PusherJs from "pusher-js";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { ROOT } from "./paths";
import { findExecutable } from "./services/executables";
import { findFreePortRange } from "./services/ports";
import { makeCertificate } from "./testing/nginx";
import { caddyCommand, type RunningProxy, startProxy } from "./testing/proxies";

/** By the first label of the file's host names: where its backend listens there. */
const SITES = { administration: 3000, commercial: 3001, "gestion-dossier": 3002, ws: 6001 } as const;
type Site = keyof typeof SITES;
const PORTALS = ["administration", "commercial", "gestion-dossier"] as const;

/** Says who it is and what came. */
async function startPortal(name: string): Promise<Server> {
  const server = createServer(async (incoming, response) => {
    let length = 0;
    for await (const chunk of incoming) length += chunk.length;
    response.end(JSON.stringify({ name, length, headers: incoming.headers }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const caddy = findExecutable(["caddy"]);

// Caddy is tested where it is installed; nginx is the one that the product's own tests need.
describe.skipIf(caddy === null)("behind Caddy, by deploy/caddy/Caddyfile", () => {
  let folder = "";
  let certificate = "";
  let running: RunningProxy | undefined;
  let realtime: RealtimeServer | undefined;
  const portals: Server[] = [];
  const origins = {} as Record<Site, string>;

  beforeAll(async () => {
    // The certificate is its own authority, and the libraries cannot be told of one.
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    folder = await mkdtemp(join(tmpdir(), "mgs-caddy-"));
    const { cert, key } = await makeCertificate(folder);
    certificate = cert;
    for (const name of PORTALS) portals.push(await startPortal(name));
    realtime = createRealtimeServer({
      apps: [{ id: "app", keys: [{ key: "key", secret: "a-secret" }], tlsOnly: true }],
      limits: { closeGraceMs: 200 },
      trustedProxies: ["127.0.0.1"],
    });
    await realtime.listen(0);
    const backends = [...portals.map((server) => (server.address() as AddressInfo).port), realtime.port];
    const first = await findFreePortRange(4);
    const ports = [first, first + 1, first + 2, first + 3];
    let text = await readFile(join(ROOT, "deploy", "caddy", "Caddyfile"), "utf8");
    const replace = (from: string, to: string): void => {
      expect(text).toContain(from);
      text = text.replaceAll(from, to);
    };
    for (const [index, site] of (Object.keys(SITES) as Site[]).entries()) {
      origins[site] = `https://localhost:${ports[index]}`;
      replace(`${site}.example.com {`, `${origins[site]} {\n    tls ${cert} ${key}`);
      replace(`127.0.0.1:${SITES[site]}`, `127.0.0.1:${backends[index]}`);
    }
    running = await startProxy(await caddyCommand(caddy ?? "", folder, text), ports, folder);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await running?.stop();
    await realtime?.close();
    for (const portal of portals) portal.close().closeAllConnections();
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  it.each(PORTALS)("%s receives its requests with the visitor's address, and no large body", async (site) => {
    const headers = { "x-forwarded-for": "203.0.113.9" };
    const answer = (await (await fetch(`${origins[site]}/dashboard`, { headers })).json()) as {
      name: string;
      headers: Record<string, string>;
    };
    expect(answer.name).toBe(site);
    expect(answer.headers).toMatchObject({
      host: new URL(origins[site]).host,
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "https",
    });
    // Asked before the body is sent.
    const large = request(`${origins[site]}/api`, {
      method: "POST",
      headers: { "content-length": 1_000_000, expect: "100-continue" },
      ca: await readFile(certificate),
    });
    large.flushHeaders();
    const [refused] = (await once(large, "response")) as [IncomingMessage];
    large.destroy();
    expect(refused.statusCode).toBe(413);
    const taken = await fetch(`${origins[site]}/api`, { method: "POST", body: "x".repeat(999_999) });
    expect(await taken.json()).toMatchObject({ length: 999_999 });
    expect((await fetch(`${origins[site]}/metrics`)).status).toBe(404);
  });

  it.each(["ws", "xhr_streaming", "xhr_polling"] as const)("clients connect by %s", async (transport) => {
    const port = Number(new URL(origins.ws).port);
    const client = new PusherJs("key", {
      cluster: "",
      wsHost: "localhost",
      wssPort: port,
      httpHost: "localhost",
      httpsPort: port,
      httpPath: "/pusher",
      forceTLS: true,
      enabledTransports: [transport],
    });
    onTestFinished(() => client.disconnect());
    const room = client.subscribe("room");
    await new Promise((resolve) => room.bind("pusher:subscription_succeeded", resolve));
  });

  it("visitors cannot reach the signed HTTP API and the operators' addresses", async () => {
    for (const path of ["/", "/apps/app/channels", "/health/ready", "/metrics", "/stats"]) {
      expect((await fetch(`${origins.ws}${path}`)).status).toBe(404);
    }
  });
});
