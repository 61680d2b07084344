import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { RawClient } from "./testing/raw-client";
import { runProcess, startLimitedProcess, startProcess } from "./testing/server-process";
import { connectSocketIo } from "./testing/socket-io-client";
import { APP, createPublisher } from "./testing/start-server";
import { temporaryFolder } from "./testing/temporary-folder";

const ENV = { PUSHER_APP_ID: APP.id, PUSHER_APP_KEY: APP.key, PUSHER_APP_SECRET: APP.secret, REALTIME_PORT: "0" };
const app = (id: string, more: object = {}) => ({ id, keys: [{ key: `${id}-key`, secret: `${id}-secret` }], ...more });
const client = (port: number, id: string) => RawClient.connect(port, { id, key: `${id}-key`, secret: `${id}-secret` });

/** As editors and deployments do: never half a file. */
function put(path: string, content: unknown): void {
  writeFileSync(`${path}.new`, typeof content === "string" ? content : JSON.stringify(content));
  renameSync(`${path}.new`, path);
}

it("apps of the file change while clients stay; a broken file changes nothing", async () => {
  const path = join(temporaryFolder(), "realtime.json");
  put(path, { apps: { list: [app("kept"), app("removed"), app("disabled")] } });
  const server = startProcess({ REALTIME_PORT: "0", LOG_LEVEL: "info" }, ["--config", path]);
  const port = await server.port();
  const [kept, removed, disabled] = [
    await client(port, "kept"),
    await client(port, "removed"),
    await client(port, "disabled"),
  ];
  await kept.join("a");

  put(path, '{ "apps": "half');
  expect(await server.next("apps could not be reloaded; those before stay")).toMatchObject({
    err: { message: expect.stringContaining("is no JSON") },
  });

  const rotated = app("kept", { keys: [{ key: "new-key", secret: "new-secret" }] });
  put(path, { apps: { list: [rotated, app("disabled", { enabled: false }), app("added")] } });
  expect(await removed.closed).toMatchObject({ code: 4001 });
  expect(await disabled.closed).toMatchObject({ code: 4003 });
  await client(port, "added");

  // The one that stayed hears what the new key publishes.
  const publisher = createPublisher({ id: "kept", key: "new-key", secret: "new-secret" }, port);
  await publisher.trigger("a", "created", {});
  await kept.next("created");
  const old = createPublisher({ id: "kept", key: "kept-key", secret: "kept-secret" }, port);
  await expect(old.trigger("a", "created", {})).rejects.toMatchObject({ status: 401 });
  expect(server.log.map((line) => JSON.stringify(line)).join("")).not.toMatch(/-secret/);
}, 60_000);

it("SIGHUP reads it at once, and an app that comes back is served again", async () => {
  const path = join(temporaryFolder(), "realtime.json");
  put(path, { apps: { list: [app("a"), app("b")] } });
  const server = startProcess({ REALTIME_PORT: "0" }, ["start", `--config=${path}`]);
  const port = await server.port();
  const first = await client(port, "b");
  for (const list of [[app("a")], [app("a"), app("b")]]) {
    put(path, { apps: { list } });
    server.child.kill("SIGHUP");
    await server.next("apps reloaded");
  }
  expect((await first.closed).code).toBe(4001);
  const again = await client(port, "b");
  await again.join("c");
  await createPublisher({ id: "b", key: "b-key", secret: "b-secret" }, port).trigger("c", "created", {});
  await again.next("created");
}, 60_000);

it("a changed setting beside the apps needs a restart, and the log names it once", async () => {
  const path = join(temporaryFolder(), "realtime.json");
  const WARNING = "changed settings need a restart";
  put(path, { apps: { list: [app("a")] } });
  const server = startProcess({ REALTIME_PORT: "0" }, ["--config", path]);
  await server.port();
  const reload = async (id: string, more: object) => {
    put(path, { ...more, apps: { list: [app(id)] } });
    server.child.kill("SIGHUP");
    await server.next("apps reloaded");
  };
  const changed = { port: 7001, metrics: { token: "hush-hush-hush-hush" }, limits: { maxConnections: 7 } };
  await reload("b", changed);
  expect(await server.next(WARNING)).toMatchObject({
    level: 40,
    settings: ["limits.maxConnections", "metrics.token"],
  });
  // The same once more, something else, and back to what is in force.
  await reload("c", changed);
  await reload("d", { redis: { url: "redis://:hush@localhost/1" } });
  expect(await server.next(WARNING)).toMatchObject({ settings: ["redis.prefix", "redis.url"] });
  await reload("e", {});
  expect(server.log.filter(({ msg }) => msg === WARNING)).toHaveLength(2);
  expect(JSON.stringify(server.log)).not.toContain("hush");
}, 60_000);

it("fewer descriptors than clients: it says so, how to raise it, and holds to what fits", async () => {
  const server = startLimitedProcess(258, { ...ENV, MAX_CLIENTS: "100" });
  const port = await server.port();
  expect(await server.next("fewer clients fit than the settings allow")).toMatchObject({
    level: 40,
    openFiles: 258,
    clients: 2,
    advice: expect.stringMatching(/ulimit -n 356.*LimitNOFILE=356.*--ulimit nofile=356:356/),
  });
  await RawClient.connect(port);
  await RawClient.connect(port);
  const third = new RawClient(`ws://127.0.0.1:${port}/app/${APP.key}?protocol=7`);
  expect((await third.closed).code).toBe(4100);
}, 60_000);

it("a variable of Soketi without effect is a warning at the start", async () => {
  const server = startProcess({
    SOKETI_DEFAULT_APP_ID: APP.id,
    SOKETI_DEFAULT_APP_KEY: APP.key,
    SOKETI_DEFAULT_APP_SECRET: APP.secret,
    SOKETI_PORT: "0",
    SOKETI_METRICS_ENABLED: "1",
    SOKETI_METRICS_SERVER_PORT: "0",
    SOKETI_PATH_PREFIX: "/ws",
  });
  const port = await server.port();
  expect(server.log.filter(({ level }) => level >= 40).map(({ msg }) => msg)).toEqual([
    "SOKETI_PATH_PREFIX is not used: paths have no prefix: let a proxy take it off",
  ]);
  const subscriber = await RawClient.connect(port);
  await subscriber.join("private-a");
  await createPublisher(APP, port).trigger("private-a", "created", {});
  await subscriber.next("created");
}, 60_000);

it("its metrics have connections, messages, bytes, write times, the event loop and memory, by the clients' protocol", async () => {
  const socketIo = { REALTIME_SOCKET_IO: "1", REALTIME_SOCKET_IO_AUTH_HOST: "http://127.0.0.1:9" };
  const server = startProcess({ ...ENV, ...socketIo, REALTIME_METRICS_PORT: "0" });
  const { port, operationsPort } = await server.next("listening");
  const subscriber = await RawClient.connect(Number(port));
  await subscriber.join("a");
  const others = [
    await connectSocketIo(Number(port)),
    await connectSocketIo(Number(port), { transports: ["polling"] }),
  ];
  const heard = others.map((other) => other.next("created"));
  for (const { socket, settled } of others) {
    socket.emit("subscribe", { channel: "a" });
    await settled();
  }
  await createPublisher(APP, Number(port)).trigger("a", "created", {});
  await Promise.all([subscriber.next("created"), ...heard]);
  const text = await (await fetch(`http://127.0.0.1:${operationsPort}/metrics`)).text();
  const value = (name: string, label = ""): number =>
    Number(new RegExp(`^${name}\\{[^}]*${label}[^}]*\\} (.+)$`, "m").exec(text)?.[1]);
  const bySocketIo = (name: string): number => value(name, 'protocol="socket\\.io"');
  expect(bySocketIo("mgs_realtime_connections")).toBe(2);
  // A subscription each, and the one that is refused.
  expect(bySocketIo("mgs_realtime_messages_in_total")).toBe(4);
  expect(bySocketIo("mgs_realtime_events_delivered_total")).toBe(2);
  expect(bySocketIo("mgs_realtime_slow_clients_closed_total")).toBe(0);
  expect(value("mgs_realtime_connections")).toBe(1);
  expect(value("mgs_realtime_app_connections")).toBe(3);
  expect(value("mgs_realtime_channels")).toBe(1);
  expect(value("mgs_realtime_messages_in_total")).toBe(1);
  expect(value("mgs_realtime_events_delivered_total")).toBe(1);
  expect(value("mgs_realtime_slow_clients_closed_total")).toBe(0);
  expect(value("mgs_realtime_write_seconds_count")).toBe(1);
  for (const name of ["messages_out_total", "bytes_in_total", "bytes_out_total"]) {
    expect(value(`mgs_realtime_${name}`)).toBeGreaterThan(0);
  }
  expect(value("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(0);
}, 60_000);

it("--check says what is in force without secrets, and starts nothing", async () => {
  const { code, stdout, stderr } = await runProcess({ ...ENV, MAX_CLIENTS: "10", SOKETI_MODE: "worker" }, ["--check"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ port: 0, limits: { maxConnections: 10 }, apps: [{ id: APP.id }] });
  expect(stdout).not.toContain(APP.secret);
  expect(stderr).toContain("warning: SOKETI_MODE is not used");
}, 60_000);

it.each([
  [["--check"], 78, /PUSHER_APP_ID: is required/],
  [["--check", "--config", "/nowhere.json"], 78, /\/nowhere\.json: cannot be read/],
  [["stop"], 1, /Unknown command 'stop'/],
  [["--help"], 0, /--config <file>/],
  [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
])(
  "%j ends with %i",
  async (args, expected, text) => {
    const { code, stdout, stderr } = await runProcess({}, args);
    expect(code).toBe(expected);
    expect(expected === 0 ? stdout : stderr).toMatch(text);
  },
  60_000,
);

it("--check reads the certificate too", async () => {
  const { code, stderr } = await runProcess(
    { ...ENV, REALTIME_TLS_CERT: "/nowhere.crt", REALTIME_TLS_KEY: "/nowhere.key" },
    ["--check"],
  );
  expect(code).toBe(1);
  expect(stderr).toContain("/nowhere.");
}, 60_000);
