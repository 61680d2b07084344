import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import Pusher from "pusher";
import PusherJs from "pusher-js";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { ROOT } from "./paths";
import { findExecutable } from "./services/executables";
import { findFreePortRange } from "./services/ports";
import { makeCertificate } from "./testing/nginx";
import { requireProgram } from "./testing/programs";
import { caddyCommand, type RunningProxy, startProxy } from "./testing/proxies";

const APP = { id: "app", key: "key", secret: "a-secret" };
const PROXIES = ["nginx", "haproxy", "caddy"] as const;
type Proxy = (typeof PROXIES)[number];
/** Marks of each proxy's text in docs/operations.md. */
const LANGUAGE: Record<Proxy, string> = { nginx: "nginx", haproxy: "haproxy", caddy: "caddyfile" };

type Setup = { folder: string; port: number; backends: readonly number[]; cert: string; key: string };

/** The documentation's text, with this test's addresses in the places where a company puts its own. */
async function documented(proxy: Proxy, { port, backends, cert, key }: Setup): Promise<string> {
  const page = await readFile(join(ROOT, "docs", "operations.md"), "utf8");
  let text = new RegExp(`\`\`\`${LANGUAGE[proxy]}\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
  const replace = (from: string, to: string): void => {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  };
  for (const [index, backend] of backends.entries()) replace(`127.0.0.1:600${index + 1}`, `127.0.0.1:${backend}`);
  if (proxy === "nginx") {
    replace("listen 443 ssl;", `listen 127.0.0.1:${port} ssl;`);
    replace("server_name ws.example.com;", "server_name localhost;");
    replace("/etc/ssl/ws/fullchain.pem", cert);
    replace("/etc/ssl/ws/privkey.pem", key);
  } else if (proxy === "haproxy") {
    replace("bind :443 ssl crt /etc/ssl/ws/ws.pem", `bind 127.0.0.1:${port} ssl crt ${cert}.pem`);
  } else {
    replace("ws.example.com {", `https://localhost:${port} {\n    tls ${cert} ${key}`);
  }
  return text;
}

/** The command that runs it in the foreground, with nothing of the system's own configuration. */
async function commandOf(proxy: Proxy, binary: string, setup: Setup): Promise<string[]> {
  const { folder, cert, key } = setup;
  const text = await documented(proxy, setup);
  const file = join(folder, `${proxy}.conf`);
  if (proxy === "nginx") {
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const user = process.getuid?.() === 0 ? "user root;" : "";
    const before = `daemon off; ${user} pid ${folder}/nginx.pid; error_log stderr; events { worker_connections 256; }`;
    await writeFile(file, `${before}\nhttp {\naccess_log off;\n${paths.join("\n")}\n${text}}\n`);
    return [binary, "-e", "stderr", "-c", file];
  }
  if (proxy === "haproxy") {
    await writeFile(`${cert}.pem`, (await readFile(cert, "utf8")) + (await readFile(key, "utf8")));
    await writeFile(file, text);
    return [binary, "-db", "-f", file];
  }
  return caddyCommand(binary, folder, text);
}

// nginx is the one that the product's own tests need; the others are tested where they are installed.
const found = await Promise.all(
  PROXIES.map(async (proxy) => ({
    proxy,
    binary: proxy === "nginx" ? await requireProgram(proxy) : findExecutable([proxy]),
  })),
);

describe.each(found)("behind $proxy, by the text of docs/operations.md", ({ proxy, binary }) => {
  const test = it.skipIf(binary === null);
  let servers: RealtimeServer[] = [];
  let running: RunningProxy | undefined;
  let folder = "";
  let port = 0;

  beforeAll(async () => {
    if (binary === null) return;
    // The certificate is its own authority, and the libraries cannot be told of one.
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    folder = await mkdtemp(join(tmpdir(), "mgs-proxy-"));
    port = await findFreePortRange(1);
    servers = [1, 2, 3].map(() =>
      createRealtimeServer({
        apps: [{ id: APP.id, keys: [{ key: APP.key, secret: APP.secret }], tlsOnly: true }],
        limits: { closeGraceMs: 200 },
        trustedProxies: ["127.0.0.1"],
        socketIo: { appId: APP.id, authorization: { hosts: ["http://127.0.0.1:9"], endpoint: "/auth" } },
      }),
    );
    await Promise.all(servers.map((server) => server.listen(0)));
    const setup = { folder, port, backends: servers.map((server) => server.port), ...(await makeCertificate(folder)) };
    running = await startProxy(await commandOf(proxy, binary, setup), [port], folder);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await Promise.all(servers.map((server) => server.close()));
    await running?.stop();
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  /** Through the proxy, or straight to one replica. */
  const publisher = (replica?: number) =>
    new Pusher({
      appId: APP.id,
      key: APP.key,
      secret: APP.secret,
      host: "localhost",
      port: String(replica ?? port),
      useTLS: replica === undefined,
    });

  const client = (transport: "ws" | "xhr_streaming" | "xhr_polling"): PusherJs => {
    const pusher = new PusherJs(APP.key, {
      cluster: "",
      wsHost: "localhost",
      wssPort: port,
      httpHost: "localhost",
      httpsPort: port,
      forceTLS: true,
      enabledTransports: [transport],
      channelAuthorization: {
        endpoint: "",
        transport: "ajax",
        customHandler: ({ socketId, channelName }, callback) =>
          callback(null, publisher().authorizeChannel(socketId, channelName)),
      },
    });
    onTestFinished(() => pusher.disconnect());
    return pusher;
  };

  test.each(["ws", "xhr_streaming", "xhr_polling"] as const)(
    "clients connect by %s and hear what is published",
    async (transport) => {
      // Sessions of several clients spread over the replicas; each has to keep to its own.
      const channels = Array.from({ length: 6 }, (_, index) => client(transport).subscribe(`private-room-${index}`));
      const heard = new Set<number>();
      for (const [index, channel] of channels.entries()) channel.bind("greeting", () => heard.add(index));
      await Promise.all(
        channels.map((channel) => new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve))),
      );
      const names = channels.map(({ name }) => name);
      expect((await publisher().trigger(names, "ignored", {})).status).toBe(200);
      // These replicas share nothing: each is told by itself.
      const all = new Promise<void>((resolve) => {
        for (const channel of channels) channel.bind("greeting", () => heard.size === channels.length && resolve());
      });
      for (const server of servers) await publisher(server.port).trigger(names, "greeting", {});
      await all;
    },
  );

  test.each(["websocket", "polling"])(
    "clients of Socket.IO connect by %s and hear what is published",
    async (transport) => {
      const heard = Array.from({ length: 4 }, (_, index) => {
        const socket = io(`https://localhost:${port}`, {
          transports: [transport],
          forceNew: true,
          reconnection: false,
          rejectUnauthorized: false,
        });
        onTestFinished(() => void socket.disconnect());
        const channel = `${transport}-${index}`;
        socket.emit("subscribe", { channel });
        return new Promise((resolve) => socket.once("greeting", resolve));
      });
      const channels = heard.map((_, index) => `${transport}-${index}`);
      const query = { path: "/channels", params: { filter_by_prefix: `${transport}-` } };
      const countChannels = async () => {
        const answers = await Promise.all(servers.map((server) => publisher(server.port).get(query)));
        const lists = (await Promise.all(answers.map((answer) => answer.json()))) as { channels: object }[];
        return lists.flatMap((list) => Object.keys(list.channels)).length;
      };
      await expect.poll(countChannels).toBe(heard.length);
      for (const server of servers) await publisher(server.port).trigger(channels, "greeting", {});
      expect(await Promise.all(heard)).toEqual(channels);
    },
  );

  test("the HTTP API answers, and the operators' addresses do not", async () => {
    const response = await publisher().get({ path: "/channels" });
    expect(response.status).toBe(200);
    for (const path of ["/", "/health/ready", "/metrics", "/stats"]) {
      expect((await fetch(`https://localhost:${port}${path}`)).status).toBe(404);
    }
  });

  test.each(["websocket", "polling"])(
    "clients of Socket.IO by %s whose replica drains come back on another, and hear what is published there",
    async (transport) => {
      // The proxy sends all from one address to one replica; which one, each proxy knows.
      const sockets = Array.from({ length: 3 }, () =>
        io(`https://localhost:${port}`, {
          transports: [transport],
          forceNew: true,
          reconnectionDelay: 50,
          reconnectionDelayMax: 200,
          rejectUnauthorized: false,
        }),
      );
      for (const socket of sockets) {
        onTestFinished(() => void socket.disconnect());
        // As laravel-echo does, with each connection.
        socket.on("connect", () => socket.emit("subscribe", { channel: `drained-${transport}` }));
      }
      const countOn = (server: RealtimeServer) => server.trafficBy("socket.io").connections;
      const total = () => servers.reduce((sum, server) => sum + countOn(server), 0);
      await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.once("connect", resolve))));
      expect(total()).toBe(sockets.length);
      const drained = servers.find((server) => countOn(server) > 0);
      const moved = sockets.map(
        (socket) => new Promise((resolve) => socket.once("disconnect", (reason) => resolve(reason))),
      );
      servers = servers.filter((server) => server !== drained);
      await drained?.close();
      expect(await Promise.all(moved)).toEqual(sockets.map(() => "transport close"));
      await expect.poll(total, { timeout: 20_000 }).toBe(sockets.length);
      const heard = sockets.map((socket) => new Promise((resolve) => socket.once("greeting", resolve)));
      for (const server of servers) {
        const info = { path: `/channels/drained-${transport}`, params: { info: "subscription_count" } };
        const count = async () => (await publisher(server.port).get(info)).json() as Promise<object>;
        await expect
          .poll(count)
          .toMatchObject(countOn(server) === 0 ? { occupied: false } : { subscription_count: countOn(server) });
        await publisher(server.port).trigger(`drained-${transport}`, "greeting", {});
      }
      expect(await Promise.all(heard)).toEqual(sockets.map(() => `drained-${transport}`));
    },
  );
});
