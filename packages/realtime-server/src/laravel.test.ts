import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Echo from "laravel-echo";
import PusherJs from "pusher-js";
import { expect, it, onTestFinished } from "vitest";
import { startServer, type TestServer } from "./testing/start-server";

const PAGE = readFileSync(new URL("../../../docs/migrating-from-laravel-echo-server.md", import.meta.url), "utf8");

/** The page's code as it stands there, with the test's addresses in the places of its own. */
function documentedCode(port: number, authorizer: string): string {
  let code = /```js\n(import Echo[\s\S]*?)```/.exec(PAGE)?.[1] ?? "";
  const replace = (from: RegExp, to: string): void => {
    expect(code).toMatch(from);
    code = code.replaceAll(from, to);
  };
  replace(/^import .*\n/gm, "");
  replace(/"ws\.example\.com"/g, '"127.0.0.1"');
  replace(/\b(\w+Port): \d+/g, `$1: ${port}`);
  replace(/forceTLS: true/g, "forceTLS: false");
  replace(/"\/broadcasting\/auth"/g, `"${authorizer}"`);
  return `${code}\nreturn echo;`;
}

/** Laravel's `/broadcasting/auth`: it signs what a signed-in person may hear. */
async function startLaravel({ publisher }: TestServer): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const form = new URLSearchParams(body);
      const [socketId, channel] = [form.get("socket_id") ?? "", form.get("channel_name") ?? ""];
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(publisher.authorizeChannel(socketId, channel)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/broadcasting/auth`;
}

it("the documented page hears the old stack's events", async () => {
  const server = await startServer({ app: { id: "app", key: "app-key", secret: "a-long-secret" } });
  const received = Promise.withResolvers<string>();
  const events: string[] = [];
  const hear = (name: string) => (event: unknown) => {
    events.push(`${name} ${JSON.stringify(event)}`);
    if (events.length === 3) received.resolve(events.join("\n"));
  };
  const run = new Function(
    "Echo",
    "Pusher",
    "showMessage",
    "showPayment",
    "showContract",
    documentedCode(server.port, await startLaravel(server)),
  );
  const echo: Echo<"pusher"> = run(Echo, PusherJs, hear("message"), hear("payment"), hear("contract"));
  onTestFinished(() => echo.disconnect());
  const channels = ["conversation.5", "user.1", "contract.7"];
  await Promise.all(
    channels.map((name) => new Promise<void>((resolve) => echo.private(name).subscribed(() => resolve()))),
  );
  // What Laravel's broadcaster posts for each of the events.
  const { publisher } = server;
  await publisher.trigger("private-conversation.5", "App\\Events\\NewMessageEvent", { body: "Salama" });
  await publisher.trigger("private-user.1", "App\\Events\\PaymentStatusUpdated", { id: 3, status: "paid" });
  await publisher.trigger("private-contract.7", "App\\Events\\ContractStatusUpdated", { id: 7, status: "signed" });
  expect(await received.promise).toBe(
    'message {"body":"Salama"}\npayment {"id":3,"status":"paid"}\ncontract {"id":7,"status":"signed"}',
  );
});

it("the wire name of a Laravel event has its namespace, and the page says so", () => {
  expect(PAGE).toContain("`App\\Events\\NewMessageEvent`");
  expect(PAGE).toContain('"App\\\\Events\\\\NewMessageEvent"');
});
