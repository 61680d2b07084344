import { once } from "node:events";
import { createServer } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { expect, it } from "vitest";
import { startedBy } from "./started-by";

it("tells of a timer that nothing waits for, of a listener and of a histogram that samples", async () => {
  const [timer, ...others] = await startedBy(async () => {
    const interval = setInterval(() => undefined, 60_000).unref();
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    server.close();
    const lag = monitorEventLoopDelay();
    lag.enable();
    lag.disable();
    clearInterval(interval);
  });
  expect(timer).toMatch(/^Timeout: at .*started-by\.test\.ts/);
  expect(others.map((line) => line.split(":")[0])).toEqual(["TCPSERVERWRAP", "ELDHISTOGRAM"]);
});

it("says nothing of what is only made", async () => {
  expect(await startedBy(() => createServer())).toEqual([]);
});
