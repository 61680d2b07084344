import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isKnownMethod, replaceForbiddenMethods } from "./methods";

const server = createServer(({ method = "", url = "" }, response) => {
  // A framework makes a Request of every request.
  const made = new Request(`http://app.test${url}`, { method });
  response.end(made.method);
});
beforeAll(async () => {
  replaceForbiddenMethods();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

function ask(method: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, method, host: "127.0.0.1" }, async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString());
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

it("replaces TRACE by a method that no route has", async () => {
  expect(isKnownMethod(await ask("TRACE"))).toBe(false);
});

it.each(["GET", "POST", "DELETE", "PURGE"])("leaves %s alone", async (method) => {
  expect(await ask(method)).toBe(method);
});
