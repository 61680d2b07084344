import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { BrowserContext } from "@playwright/test";
import Publisher from "pusher";
import type PusherJs from "pusher-js";
import { createRealtimeServer } from "../packages/realtime-server/src/server";
import { expectCount, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { send } from "./support/notifications";
import { person } from "./support/people";
import { expect, test } from "./support/test";

/** Ways in which a network blocks WebSockets. */
const BLOCKED: Record<string, (context: BrowserContext) => Promise<unknown>> = {
  "is refused": (context) =>
    context.addInitScript(() => {
      const { WebSocket } = window;
      // The browser cannot connect to this address at all.
      window.WebSocket = class extends WebSocket {
        constructor() {
          super("ws://blocked.invalid/");
        }
      };
    }),
  "never answers": (context) => context.routeWebSocket(/.*/, () => new Promise<void>(() => {})),
};

for (const [name, block] of Object.entries(BLOCKED)) {
  test(`a WebSocket ${name}: the page falls back to HTTP, and a toast arrives at once`, async ({
    signedIn,
    machine,
  }) => {
    const who = person("Aina Rasamimanana");
    const context = await signedIn(who);
    await block(context);
    const page = await context.newPage();
    const joined = new Set<string>();
    page.on("requestfinished", (request) => {
      if (!request.url().includes("/xhr_send")) return;
      const [message = "{}"]: string[] = JSON.parse(request.postData() ?? "[]");
      const { event, data }: { event?: string; data?: { channel: string } } = JSON.parse(message);
      // Channels of the person, the session, people online and maintenance; pusher-js itself joins the one of its sign-in.
      if (event === "pusher:subscribe" && data && !data.channel.startsWith("#")) joined.add(data.channel);
    });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${urlOf("gestion-dossier")}/dashboard`);
    await page.locator('[data-connection="connected"]').waitFor({ state: "attached", timeout: 60_000 });
    await expect.poll(() => joined.size).toBe(4);
    const before = Number(await page.getByTestId("bell").getAttribute("data-count"));
    const sent = await send(machine, who);
    await expect(toasts(page, sent.titre)).toHaveCount(1);
    await expectCount(page, before + 1);
    expect(asked.filter((url) => url.includes("/xhr_streaming"))).not.toEqual([]);
    expect(asked.filter((url) => url.includes("pusher.com"))).toEqual([]);
  });
}

test.describe("pusher-js, unmodified, on a page of another origin", () => {
  const APP = { id: "app", key: "key", secret: "secret" };
  const library = readFileSync(createRequire(import.meta.url).resolve("pusher-js/dist/web/pusher.js"));

  /** Starts a page, its authorization endpoint, and a realtime server that allows the page's origin alone. */
  async function start() {
    const site = createServer(async (request, response) => {
      if (request.url === "/pusher.js") return void response.end(library);
      if (request.method !== "POST") {
        response.setHeader("content-type", "text/html; charset=utf-8");
        return void response.end('<meta charset="utf-8"><script src="/pusher.js"></script>');
      }
      let form = "";
      for await (const chunk of request) form += String(chunk);
      const { socket_id = "", channel_name } = Object.fromEntries(new URLSearchParams(form));
      const user = { id: "1", user_id: "1", user_info: { name: "Rado" } };
      response.setHeader("content-type", "application/json");
      if (channel_name === undefined) response.end(JSON.stringify(publisher.authenticateUser(socket_id, user)));
      else if (channel_name.startsWith("presence-"))
        response.end(JSON.stringify(publisher.authorizeChannel(socket_id, channel_name, user)));
      else response.end(JSON.stringify(publisher.authorizeChannel(socket_id, channel_name)));
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const origin = `http://localhost:${(site.address() as AddressInfo).port}`;
    const server = createRealtimeServer({
      apps: [{ id: APP.id, keys: [{ key: APP.key, secret: APP.secret }], allowedOrigins: [origin] }],
    });
    await server.listen(0);
    const publisher = new Publisher({
      appId: APP.id,
      key: APP.key,
      secret: APP.secret,
      host: "127.0.0.1",
      port: String(server.port),
      useTLS: false,
    });
    return {
      origin,
      server,
      publisher,
      async stop() {
        await server.close();
        site.closeAllConnections();
        site.close();
      },
    };
  }

  type Log = { events: unknown[]; pusher: PusherJs };

  for (const transport of ["xhr_streaming", "xhr_polling"] as const) {
    test(`connects and receives events by ${transport} alone`, async ({ page }) => {
      const { origin, server, publisher, stop } = await start();
      await page.goto(origin);
      const connect = { transport, port: server.port, key: APP.key };
      await page.evaluate(async ({ transport, port, key }) => {
        const { Pusher } = window as unknown as { Pusher: typeof PusherJs };
        const pusher = new Pusher(key, {
          cluster: "",
          httpHost: "127.0.0.1",
          httpPort: port,
          forceTLS: false,
          enabledTransports: [transport],
          channelAuthorization: { endpoint: "/auth", transport: "ajax" },
          userAuthentication: { endpoint: "/auth", transport: "ajax" },
        });
        const events: unknown[] = [];
        Object.assign(window, { log: { events, pusher } });
        pusher.user.bind("greeting", (data: unknown) => events.push(data));
        pusher.signin();
        const joined = ["public", "private-a", "presence-a"].map((name) => {
          const channel = pusher.subscribe(name);
          channel.bind("step", (data: unknown) => events.push(data));
          channel.bind("client-step", (data: unknown) => events.push(data));
          return new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));
        });
        await Promise.all(joined);
        await pusher.user.signinDonePromise;
      }, connect);

      const expected: unknown[] = [];
      const filler = "é😀".repeat(1_200);
      // More than one stream carries.
      for (let step = 0; step < 60; step++) {
        const channel = ["public", "private-a", "presence-a"][step % 3] ?? "";
        await publisher.trigger(channel, "step", { step, filler });
        expected.push({ step, filler });
      }
      await publisher.sendToUser("1", "greeting", { hello: true });
      expected.push({ hello: true });

      const other = await (await page.context().newPage()).goto(origin).then((answer) => answer?.frame().page());
      if (!other) throw new Error("no page");
      await other.evaluate(async ({ transport, port, key }) => {
        const { Pusher } = window as unknown as { Pusher: typeof PusherJs };
        const pusher = new Pusher(key, {
          cluster: "",
          httpHost: "127.0.0.1",
          httpPort: port,
          forceTLS: false,
          enabledTransports: [transport],
          channelAuthorization: { endpoint: "/auth", transport: "ajax" },
        });
        const channel = pusher.subscribe("private-a");
        await new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));
        channel.trigger("client-step", { from: "the other page" });
      }, connect);
      expected.push({ from: "the other page" });

      const received = () => page.evaluate(() => (window as unknown as { log: Log }).log.events);
      await expect.poll(async () => (await received()).length, { timeout: 60_000 }).toBe(expected.length);
      expect(await received()).toEqual(expected);
      expect(server.statistics()).toMatchObject({ connections: 2, slowClientsClosed: 0 });
      // The server notices a closed page at once when its stream breaks off, else when no poll follows.
      await other.close();
      await expect.poll(() => server.statistics().connections, { timeout: 60_000 }).toBe(1);
      await stop();
    });
  }

  test("a page of an origin that the app does not allow cannot connect", async ({ page }) => {
    const { origin, server, stop } = await start();
    await page.goto(origin.replace("localhost", "127.0.0.1"));
    const refused = page.waitForEvent("requestfailed", (request) => request.url().includes("/xhr_streaming"));
    await page.evaluate(
      ({ port, key }) => {
        const { Pusher } = window as unknown as { Pusher: typeof PusherJs };
        const options = { cluster: "", httpHost: "127.0.0.1", httpPort: port, forceTLS: false };
        new Pusher(key, { ...options, enabledTransports: ["xhr_streaming"] });
      },
      { port: server.port, key: APP.key },
    );
    await refused;
    expect(server.statistics().connections).toBe(0);
    await stop();
  });
});
