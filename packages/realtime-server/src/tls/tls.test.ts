import { copyFileSync, writeFileSync } from "node:fs";
import { Agent } from "node:https";
import { join } from "node:path";
import { type ConnectionOptions, connect } from "node:tls";
import { createLogger } from "@mgs/core/logger";
import Pusher from "pusher";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import type { RealtimeServerOptions } from "../options";
import { makeCertificate } from "../testing/certificate";
import { APP, startServer } from "../testing/start-server";
import { temporaryFolder } from "../testing/temporary-folder";

/** Lines of a log, and a promise for the next one with a text. */
function listenToLog() {
  const lines: string[] = [];
  const waiting: { text: string; resolve: () => void }[] = [];
  const write = (line: string): void => {
    lines.push(line);
    for (const { text, resolve } of waiting) if (line.includes(text)) resolve();
  };
  return {
    lines,
    logger: createLogger("test", "info", { write }),
    next: (text: string) => new Promise<void>((resolve) => waiting.push({ text, resolve })),
  };
}

/** The common name of the certificate that a new connection is shown. */
function nameShown(port: number, options: ConnectionOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...options }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

async function startTls(options: Partial<RealtimeServerOptions> = {}) {
  const folder = temporaryFolder();
  const first = makeCertificate(folder, "first");
  const second = makeCertificate(folder, "second");
  const tls = { cert: join(folder, "live.crt"), key: join(folder, "live.key") };
  copyFileSync(first.cert, tls.cert);
  copyFileSync(first.key, tls.key);
  const log = listenToLog();
  const started = await startServer({ options: { tls, certificatePollMs: 20, logger: log.logger, ...options } });
  return { ...started, folder, first, second, tls, log };
}

it("clients and publishers come over TLS, and over nothing else", async () => {
  const { port, first } = await startTls();
  const ws = new WebSocket(`wss://localhost:${port}/app/${APP.key}?protocol=7`, { ca: first.pem });
  const next = (event: string) =>
    new Promise<string>((resolve) => {
      ws.on("message", (data) => String(data).includes(event) && resolve(String(data)));
    });
  ws.once("open", () => ws.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: "a" } })));
  await next("subscription_succeeded");
  const created = next("created");
  const agent = new Agent({ ca: first.pem });
  const publisher = new Pusher({
    appId: APP.id,
    key: APP.key,
    secret: APP.secret,
    host: "localhost",
    port: String(port),
    useTLS: true,
    agent,
  });
  await publisher.trigger("a", "created", { over: "tls" });
  expect(JSON.parse(await created)).toMatchObject({ event: "created", data: '{"over":"tls"}' });
  agent.destroy();
  ws.terminate();
  await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
});

it("TLS 1.1 and older are refused", async () => {
  const { port } = await startTls();
  const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
  await expect(nameShown(port, old)).rejects.toMatchObject({ code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" });
  expect(await nameShown(port, { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" })).toBe("first");
});

it("a renewed certificate is shown to new connections, and old ones stay", async () => {
  const { port, first, second, tls, log } = await startTls();
  const ws = new WebSocket(`wss://localhost:${port}/app/${APP.key}?protocol=7`, { ca: first.pem });
  await new Promise((resolve) => ws.once("message", resolve));
  expect(await nameShown(port)).toBe("first");

  const reloaded = log.next("certificate reloaded");
  copyFileSync(second.cert, tls.cert);
  copyFileSync(second.key, tls.key);
  await reloaded;
  expect(await nameShown(port)).toBe("second");
  const pong = new Promise<string>((resolve) => void ws.once("message", (data) => resolve(String(data))));
  ws.send(JSON.stringify({ event: "pusher:ping", data: {} }));
  expect(await pong).toContain("pusher:pong");
  ws.terminate();
});

it("an invalid certificate is logged, and the one before stays", async () => {
  const { server, port, second, tls, log } = await startTls({ certificatePollMs: 3_600_000 });
  writeFileSync(tls.cert, "no certificate");
  await server.reloadCertificate();
  expect(log.lines.filter((line) => line.includes("the one before stays"))).toHaveLength(1);
  expect(await nameShown(port)).toBe("first");

  // Half of a renewal: the key is not the certificate's.
  copyFileSync(second.cert, tls.cert);
  await server.reloadCertificate();
  expect(await nameShown(port)).toBe("first");
  expect(log.lines.join("")).not.toContain("PRIVATE KEY");

  copyFileSync(second.key, tls.key);
  await server.reloadCertificate();
  expect(await nameShown(port)).toBe("second");
});

it("a key with a passphrase, and none without", async () => {
  const folder = temporaryFolder();
  const { cert, key } = makeCertificate(folder, "locked", "open sesame");
  const { port } = await startServer({ options: { tls: { cert, key, passphrase: "open sesame" } } });
  expect(await nameShown(port)).toBe("locked");
  await expect(startServer({ options: { tls: { cert, key } } })).rejects.toThrow();
});

it("a server whose certificate cannot be read does not start", async () => {
  const folder = temporaryFolder();
  const tls = { cert: join(folder, "none.crt"), key: join(folder, "none.key") };
  await expect(startServer({ options: { tls } })).rejects.toMatchObject({ code: "ENOENT" });
});
