import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { requireFreePorts } from "../port-check";
import { readSettings } from "../settings";
import { findFreePortRange, findFreePorts, findPortHolder, isPortFree } from "./ports";

test("reports a busy port, its process, and how to choose others", async () => {
  const base = await findFreePortRange(9);
  const server = createServer().listen(base + 3);
  await once(server, "listening");
  try {
    expect(await isPortFree(base + 3)).toBe(false);
    expect(await findPortHolder(base + 3)).toMatchObject({ pid: process.pid });
    const settings = readSettings({ MGS_PORT_BASE: String(base) }, "/nowhere");
    await expect(requireFreePorts(settings)).rejects.toThrow(
      new RegExp(
        `port ${base + 3}, for the realtime server, is held by process ${process.pid} \\(.+\\)\n.*MGS_PORT_BASE`,
      ),
    );
  } finally {
    server.close();
  }
  await once(server, "close");
  expect(await isPortFree(base + 3)).toBe(true);
});

test("a server on the loopback alone makes its port busy", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  expect(await isPortFree(port)).toBe(false);
  server.close();
});

test("free ports are all different", async () => {
  const ports = await findFreePorts(20);
  expect(new Set(ports).size).toBe(20);
});
