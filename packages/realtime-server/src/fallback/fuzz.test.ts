import { request } from "node:http";
import fc from "fast-check";
import { expect, it } from "vitest";
import { FallbackClient } from "../testing/fallback-client";
import { startServer } from "../testing/start-server";

it("no path, method or body harms the server, or reaches a session of another", async () => {
  const { server, port } = await startServer({ options: { fallbackTimes: { disconnectMs: 100 } } });
  const witness = new FallbackClient(port, { session: "witness0" });
  const stream = await witness.stream();
  const part = fc.oneof(
    fc.constantFrom(
      "pusher",
      "app",
      "mgs-key",
      "1",
      "123",
      "abcdefgh",
      "xhr",
      "xhr_streaming",
      "xhr_send",
      "..",
      "%2e",
    ),
    fc.webPath({ size: "small" }),
  );
  const wellFormed = fc
    .tuple(fc.constantFrom("mgs-key", "other"), fc.constantFrom("xhr", "xhr_streaming", "xhr_send"), fc.nat(5))
    .map(([key, kind, session]) => `pusher/app/${key}/1/session0${session}/${kind}?protocol=7`);
  const path = fc.oneof(
    wellFormed,
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join("/")),
  );
  const body = fc.oneof(
    fc.json(),
    fc.array(fc.json()).map((all) => JSON.stringify(all)),
    fc.string({ unit: "binary" }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("POST", "GET", "OPTIONS", "PUT"), path, body, async (method, target, text) => {
      const status = await new Promise<number>((resolve, reject) => {
        const sent = request({ port, method, path: `/${target}` }, (response) => {
          resolve(response.statusCode ?? 0);
          // A poll would wait.
          sent.destroy();
        });
        sent.setTimeout(20, () => {
          resolve(200);
          sent.destroy();
        });
        sent.on("error", (error) => reject(error));
        sent.end(method === "GET" ? undefined : text);
      });
      expect([200, 204, 400, 401, 403, 404, 405, 413, 426]).toContain(status);
    }),
    { numRuns: 500 },
  );
  await witness.send({ event: "pusher:ping" });
  const text = await stream.until((all) => all.includes("pusher:pong"));
  expect(text.match(/^a/gm)).toHaveLength(2);
  await expect.poll(() => server.statistics().connections, { timeout: 30_000 }).toBe(1);
}, 120_000);
