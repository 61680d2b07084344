import { execFile, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { FallbackClient } from "../testing/fallback-client";
import { createClient, nextEvent, subscribed } from "../testing/library-client";
import { startServer } from "../testing/start-server";

/** The examples of docs/realtime-fallback.md, with the real proxies in front of two servers. */

const page = readFileSync(new URL("../../../../docs/realtime-fallback.md", import.meta.url), "utf8");

type Proxy = {
  program: string;
  /** The whole configuration around the page's example. */
  file: (example: string, folder: string) => string;
  check: (file: string) => string[];
  run: (file: string) => string[];
};

const quiet = (folder: string): string => `daemon off; pid ${folder}/pid; error_log stderr error;`;

const PROXIES: Record<string, Proxy> = {
  nginx: {
    program: "nginx",
    file: (example, folder) => `${quiet(folder)}
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  ${example}
}`,
    check: (file) => ["-t", "-q", "-c", file],
    run: (file) => ["-c", file],
  },
  haproxy: {
    program: "haproxy",
    file: (example) => `${example}\n`,
    check: (file) => ["-c", "-q", "-f", file],
    run: (file) => ["-db", "-f", file],
  },
  caddy: {
    program: "caddy",
    file: (example) => `{\n\tadmin off\n\tauto_https off\n}\n${example}\n`,
    check: (file) => ["validate", "--adapter", "caddyfile", "--config", file],
    run: (file) => ["run", "--adapter", "caddyfile", "--config", file],
  },
};

function find(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @returns the port of the proxy, once it answers */
async function startProxy(name: string, backends: readonly number[]): Promise<number> {
  const proxy = PROXIES[name];
  const binary = find(proxy?.program ?? "");
  const example = new RegExp(`\`\`\`${name}\n([\\s\\S]+?)\n\`\`\``).exec(page)?.[1];
  if (proxy === undefined || binary === undefined || example === undefined) throw new Error(`no ${name}`);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "mgs-fallback-"));
  const file = join(folder, "configuration");
  const ports = { 8080: port, 6001: backends[0], 6002: backends[1] };
  const text = Object.entries(ports).reduce((all, [from, to]) => all.replaceAll(`:${from}`, `:${to}`), example);
  writeFileSync(file, proxy.file(text, folder));
  await promisify(execFile)(binary, proxy.check(file));
  const environment = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(binary, proxy.run(file), { stdio: "ignore", env: environment });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/`).then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  return port;
}

/** A server at which only what breaks off is gone. Some proxies notice that when the next line does not get through. */
const start = () => startServer({ options: { fallbackTimes: { heartbeatMs: 200, disconnectMs: 600_000 } } });

describe.each(Object.keys(PROXIES))("behind %s", (name) => {
  it.skipIf(find(PROXIES[name]?.program ?? "") === undefined)(
    "every session stays with one of two servers, and all of it passes",
    async () => {
      const servers = await Promise.all([start(), start()]);
      const port = await startProxy(
        name,
        servers.map((server) => server.port),
      );
      const clients = Array.from({ length: 20 }, () => new FallbackClient(port));
      for (const client of clients) {
        expect(await client.poll()).toBe("o\n");
        expect(await client.poll()).toContain("pusher:connection_established");
        expect((await client.send({ event: "pusher:ping" })).status).toBe(204);
        expect(await client.poll()).toContain("pusher:pong");
      }
      for (const { server } of servers) expect(server.statistics().connections).toBeGreaterThan(0);

      const stream = await new FallbackClient(port).stream();
      // Nothing ends this response: it passes without being held back.
      await stream.until((text) => text.includes("pusher:connection_established"));
      const connections = () => servers.reduce((sum, { server }) => sum + server.statistics().connections, 0);
      const before = connections();
      stream.abort();
      await expect.poll(connections, { timeout: 10_000 }).toBeLessThan(before);

      for (const transport of ["xhr_streaming", "xhr_polling"] as const) {
        const [server] = servers;
        if (server === undefined) throw new Error("no server");
        const client = createClient({ ...server, port }, undefined, [transport]);
        await subscribed(client, "private-a");
        const received = nextEvent(client.channel("private-a"), "created");
        await Promise.all(servers.map(({ publisher }) => publisher.trigger("private-a", "created", { by: transport })));
        expect(await received).toEqual({ by: transport });
      }
    },
  );
});
