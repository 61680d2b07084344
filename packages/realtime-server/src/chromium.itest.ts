import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Browser, chromium, type Page } from "@playwright/test";
import Pusher from "pusher";
import type { Options, default as PusherJs } from "pusher-js";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { listBrowserArguments } from "../../../tooling/src/testing/browser";
import { requireProgram } from "../../../tooling/src/testing/programs";
import { startServer, type TestServer } from "./testing/start-server";

const LIBRARY = readFileSync(
  createRequire(import.meta.url)
    .resolve("pusher-js")
    .replace(/dist.*$/, "dist/web/pusher-with-encryption.min.js"),
);
const MASTER_KEY = Buffer.alloc(32, 7).toString("base64");

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await requireProgram("chromium"), args: listBrowserArguments() });
});
afterAll(() => browser?.close());

/** What a page notes of all that pusher-js tells it. */
type Note = { channel: string; event: string; data: unknown };

declare global {
  interface Window {
    Pusher: new (key: string, options: Options) => PusherJs;
    pusher: PusherJs;
    notes: Note[];
  }
}

type Site = TestServer & { origin: string; publisher: Pusher };

/** A realtime server, and a web site with pusher-js whose two addresses sign as an application would. */
async function startSite(): Promise<Site> {
  const server = await startServer();
  const publisher = new Pusher({
    appId: server.app.id,
    key: server.app.key,
    secret: server.app.secret,
    host: "127.0.0.1",
    port: String(server.port),
    useTLS: false,
    encryptionMasterKeyBase64: MASTER_KEY,
  });
  const site = createServer((request, response) => {
    if (request.method !== "POST") {
      const isLibrary = request.url === "/pusher.js";
      response.setHeader("content-type", isLibrary ? "text/javascript" : "text/html");
      response.end(isLibrary ? LIBRARY : '<!doctype html><script src="/pusher.js"></script>');
      return;
    }
    sign(request, publisher).then(
      (answer) => response.setHeader("content-type", "application/json").end(JSON.stringify(answer)),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void site.close());
  return { ...server, publisher, origin: `http://127.0.0.1:${(site.address() as AddressInfo).port}` };
}

/** `/auth/{user}` and `/user-auth/{user}`: the path names the user, in place of a cookie. */
async function sign(request: IncomingMessage, publisher: Pusher): Promise<unknown> {
  const [, kind, id = ""] = request.url?.split("/") ?? [];
  const form = new URLSearchParams(await text(request));
  const socketId = form.get("socket_id") ?? "";
  if (kind === "user-auth") return publisher.authenticateUser(socketId, { id, watchlist: ["1", "2"] });
  const channel = form.get("channel_name") ?? "";
  const member = channel.startsWith("presence-") ? { user_id: id, user_info: { name: `user ${id}` } } : undefined;
  return publisher.authorizeChannel(socketId, channel, member);
}

/** A page of a user, connected and subscribed. */
async function openPage({ origin, port, app }: Site, user: string, channels: string[]): Promise<Page> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(origin);
  await page.evaluate(
    ([key, wsPort, id, names]) => {
      const pusher = new window.Pusher(key, {
        cluster: "",
        wsHost: "127.0.0.1",
        wsPort,
        forceTLS: false,
        enabledTransports: ["ws"],
        disableStats: true,
        channelAuthorization: { endpoint: `/auth/${id}`, transport: "ajax" },
        userAuthentication: { endpoint: `/user-auth/${id}`, transport: "ajax" },
      });
      window.pusher = pusher;
      window.notes = [];
      const note = (channel: string) => (event: string, data: unknown) =>
        window.notes.push({ channel, event, data: JSON.parse(JSON.stringify(data ?? null)) });
      for (const name of names) pusher.subscribe(name).bind_global(note(name));
      pusher.user.bind_global(note("user"));
      pusher.user.watchlist.bind_global(note("watchlist"));
    },
    [app.key, port, user, channels] as const,
  );
  for (const channel of channels) await noted(page, channel, "pusher:subscription_succeeded");
  return page;
}

/** Waits until a page has noted an event. */
async function noted(page: Page, channel: string, event: string): Promise<unknown> {
  const found = await page.waitForFunction(
    ([name, wanted]) => window.notes.find((note) => note.channel === name && note.event === wanted),
    [channel, event] as const,
    { polling: 20 },
  );
  return (await found.jsonValue())?.data;
}

it("every kind of channel in Chromium: events arrive, the encrypted one's in clear", async () => {
  const site = await startSite();
  const channels = ["a", "private-a", "private-encrypted-a", "presence-a", "cache-a"];
  const page = await openPage(site, "1", channels);
  for (const channel of channels) {
    await site.publisher.trigger(channel, "created", { titre: `Été sur ${channel}` });
    expect(await noted(page, channel, "created")).toEqual({ titre: `Été sur ${channel}` });
  }
  await noted(page, "cache-a", "pusher:cache_miss");
  const later = await openPage(site, "2", ["cache-a", "private-encrypted-cache-a"]);
  expect(await noted(later, "cache-a", "created")).toEqual({ titre: "Été sur cache-a" });
});

it("presence and client events in Chromium", async () => {
  const site = await startSite();
  const first = await openPage(site, "1", ["presence-a"]);
  const second = await openPage(site, "2", ["presence-a"]);
  expect(await noted(first, "presence-a", "pusher:member_added")).toEqual({ id: "2", info: { name: "user 2" } });
  await second.evaluate(() => window.pusher.channel("presence-a").trigger("client-typing", { n: 1 }));
  expect(await noted(first, "presence-a", "client-typing")).toEqual({ n: 1 });
  await second.close();
  expect(await noted(first, "presence-a", "pusher:member_removed")).toEqual({ id: "2", info: { name: "user 2" } });
});

it("signing in, events to a user, watchlists and the end of a user's connections in Chromium", async () => {
  const site = await startSite();
  const page = await openPage(site, "1", ["a"]);
  await page.evaluate(() => window.pusher.signin());
  expect(await noted(page, "watchlist", "offline")).toEqual({ name: "offline", user_ids: ["2"] });
  const other = await openPage(site, "2", ["a"]);
  await other.evaluate(() => window.pusher.signin());
  await page.waitForFunction(() =>
    window.notes.some((note) => note.event === "online" && JSON.stringify(note.data).includes('"2"')),
  );
  await site.publisher.sendToUser("1", "greeting", { hello: "Salama" });
  expect(await noted(page, "user", "greeting")).toEqual({ hello: "Salama" });
  await site.publisher.terminateUserConnections("1");
  await page.waitForFunction(() => window.pusher.connection.state === "disconnected");
  expect(await other.evaluate(() => window.pusher.connection.state)).toBe("connected");
});

it("Chromium stays away from a disabled app, and is subscribed again when it connects later", async () => {
  const site = await startSite();
  const page = await openPage(site, "1", ["private-a"]);
  site.server.replaceApps([{ id: site.app.id, keys: [site.app], enabled: false }]);
  await page.waitForFunction(() => window.pusher.connection.state === "disconnected");
  site.server.replaceApps([{ id: site.app.id, keys: [site.app] }]);
  await page.evaluate(() => {
    window.notes = [];
    window.pusher.connect();
  });
  await noted(page, "private-a", "pusher:subscription_succeeded");
  await site.publisher.trigger("private-a", "created", { n: 2 });
  expect(await noted(page, "private-a", "created")).toEqual({ n: 2 });
});
