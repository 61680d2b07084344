import { once } from "node:events";
import { createServer } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { expect, it } from "vitest";
import { listActiveResources } from "./list-active-resources";

it("lists an unref timer, a listener and a sampling histogram", async () => {
  const [timer, ...others] = await listActiveResources(async () => {
    const interval = setInterval(() => undefined, 60_000).unref();
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    server.close();
    const lag = monitorEventLoopDelay();
    lag.enable();
    lag.disable();
    clearInterval(interval);
  });
  expect(timer).toMatch(/^Timeout: at .*list-active-resources\.test\.ts/);
  expect(others.map((line) => line.split(":")[0])).toEqual(["TCPSERVERWRAP", "ELDHISTOGRAM"]);
});

it("lists no resource that is made and not started", async () => {
  expect(await listActiveResources(() => createServer())).toEqual([]);
});
