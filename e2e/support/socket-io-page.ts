import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContext, Locator, Page } from "@playwright/test";
import { portOf, urlOf } from "./instance";

const resolve = createRequire(import.meta.url).resolve;
/** The builds that front ends load by a script tag. */
const build = (name: string, path: string): string =>
  readFileSync(resolve(name).replace(/(node_modules\/[^/]+)\/(?:build|dist|lib)\/.*$/, `$1/${path}`), "utf8")
    // It stands in the page itself, where this would end it.
    .replaceAll("</script", "<\\/script");
const ECHO = build("laravel-echo", "dist/echo.iife.js");
const CLIENTS = {
  2: () => build("socket.io-client-2", "dist/socket.io.js"),
  3: () => build("socket.io-client-3", "dist/socket.io.min.js"),
  4: () => build("socket.io-client", "dist/socket.io.min.js"),
} as const;
export type ClientVersion = keyof typeof CLIENTS;

type Settings = { port: number; userId: number; conversationId: number; foreignId: number };

/**
 * A page of a system that had laravel-echo-server, as its front end had it: Laravel Echo, socket.io-client, the cookie of its portal, and
 * nothing of ours. It runs in the browser, so it uses nothing of this file.
 */
function runSocketIoPage({ port, userId, conversationId, foreignId }: Settings): void {
  type Message = { message: { content: string; auteur: { id: number; name: string } } };
  type Listening = {
    listen(event: string, callback: (data: Message) => void): Listening;
    notification(callback: (data: { titre: string }) => void): Listening;
    listenForWhisper(event: string, callback: (data: { user_id: number }) => void): Listening;
    whisper(event: string, data: object): Listening;
    here(callback: (members: { name: string }[]) => void): Listening;
    joining(callback: (member: { name: string }) => void): Listening;
    leaving(callback: (member: { name: string }) => void): Listening;
  };
  type Socket = { on(event: string, callback: (...data: string[]) => void): void };
  type EchoLibrary = Record<"private" | "join", (name: string) => Listening> & {
    connector: { socket: Socket };
    socketId(): string;
  };
  const { default: Echo } = (window as unknown as { Echo: { default: new (options: object) => EchoLibrary } }).Echo;
  const part = (id: string) => document.querySelector(`#${id}`) as HTMLElement;
  const note = (id: string, text: string) => {
    part(id).append(Object.assign(document.createElement("li"), { textContent: text }));
  };

  const echo = new Echo({
    broadcaster: "socket.io",
    host: `http://${location.hostname}:${port}`,
    withCredentials: true,
  });
  const { socket } = echo.connector;
  socket.on("connect", () => note("state", "connected"));
  socket.on("disconnect", (reason) => note("state", String(reason)));
  socket.on("subscription_error", (channel, status) => note("refused", `${channel} ${status}`));
  echo.private(`App.Models.User.${userId}`).notification(({ titre }) => note("notifications", titre));
  const conversation = echo
    .private(`conversation.${conversationId}`)
    .listen("NewMessageEvent", ({ message }) => note("messages", `${message.auteur.name} : ${message.content}`))
    .listenForWhisper("typing", (data) => note("typing", String(data.user_id)));
  echo.private(`conversation.${foreignId}`).listen("NewMessageEvent", () => note("messages", "foreign"));
  echo
    .join("online-users")
    .here((members) => {
      for (const { name } of members) note("online", name);
    })
    .joining(({ name }) => note("joined", name))
    .leaving(({ name }) => note("left", name));

  part("content").addEventListener("input", () => conversation.whisper("typing", { user_id: userId }));
  part("send").addEventListener("click", async () => {
    const response = await fetch(`/api/conversations/${conversationId}/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Socket-ID": echo.socketId() },
      body: JSON.stringify({ content: (part("content") as HTMLInputElement).value }),
    });
    note("sent", String(response.status));
  });
}

const LISTS = [
  ...["state", "refused", "notifications", "messages", "typing"],
  ...["online", "joined", "left", "sent"],
] as const;

export type SocketIoPage = { page: Page; list: (name: string) => Locator; field: Locator; send(): Promise<void> };

/** Opens the page in a browser that is signed in to Gestion-Dossier. */
export async function openSocketIoPage(
  context: BrowserContext,
  version: ClientVersion,
  settings: Omit<Settings, "port">,
): Promise<SocketIoPage> {
  const origin = urlOf("gestion-dossier");
  const address = `${origin}/ancien-client-socket-io`;
  // The page below has no address of its own, so the browser takes it for one of the internet, from where it blocks this machine.
  await context.grantPermissions(["local-network-access"], { origin });
  const page = await context.newPage();
  const lists = LISTS.map((id) => `<ul id="${id}"></ul>`).join("\n");
  const script = `(${runSocketIoPage.toString()})(${JSON.stringify({ ...settings, port: portOf("realtime") })})`;
  await page.route(address, (route) =>
    route.fulfill({
      contentType: "text/html; charset=utf-8",
      body: `<!doctype html><html lang="fr"><title>Messages</title><input id="content" aria-label="Message">
        <button id="send">Envoyer</button>${lists}
        <script>${CLIENTS[version]()}</script><script>${ECHO}</script><script>${script}</script></html>`,
    }),
  );
  await page.goto(address);
  return {
    page,
    list: (name) => page.locator(`#${name} > li`),
    field: page.getByLabel("Message"),
    send: () => page.locator("#send").click(),
  };
}
