import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { portOf, urlOf } from "./instance";

const resolve = createRequire(import.meta.url).resolve;
const PUSHER = readFileSync(resolve("pusher-js").replace(/dist.*$/, "dist/web/pusher.min.js"), "utf8");
const ECHO = readFileSync(resolve("laravel-echo").replace(/dist.*$/, "dist/echo.iife.js"), "utf8");

/** What a page is told by the server that gives it out. */
type Settings = { key: string; port: number; sessionId: number; token: string };

/**
 * The page of a session in the system before this, as its front end had it: Laravel Echo, fetch with a bearer token, and nothing of ours. It
 * runs in the browser, so it uses nothing of this file.
 */
function runOldClient({ key, port, sessionId, token }: Settings): void {
  type Comment = { id: string; content: string; user: { id: number; firstname: string; lastname: string } };
  type Person = { user: { id: number; firstname: string; lastname: string } };
  type Listening = { listen(event: string, callback: (data: never) => void): Listening };
  type EchoChannel = Listening & {
    subscribed(callback: () => void): EchoChannel;
    error(callback: () => void): EchoChannel;
    here(callback: (members: object[]) => void): EchoChannel;
  };
  type EchoLibrary = Record<"channel" | "private" | "join", (name: string) => EchoChannel> & { disconnect(): void };
  const { default: Echo } = (window as unknown as { Echo: { default: new (options: object) => EchoLibrary } }).Echo;

  const api = `/api/sessions/${sessionId}`;
  const authorization = { Authorization: `Bearer ${token}` };
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        ...authorization,
        Accept: "application/json",
        ...(body ? { "Content-Type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.json();
    // As the old front end showed it.
    if (!answer.success) document.querySelector("#error")?.replaceChildren(answer.error.code);
    return answer;
  };
  const part = (id: string) => document.querySelector(`#${id}`) as HTMLElement;
  const nameOf = ({ firstname, lastname }: Comment["user"]) => `${firstname} ${lastname}`;
  const comments = new Map<string, Comment>();
  const online = new Map<number, string>();
  const draw = () => {
    const lines = [...comments.values()].map((comment) => `${nameOf(comment.user)} : ${comment.content}`);
    for (const [id, texts] of [
      ["comments", lines],
      ["online", [...online.values()].sort()],
    ] as const)
      part(id).replaceChildren(
        ...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
      );
  };
  const keep = (comment: Comment) => {
    comments.set(comment.id, comment);
    draw();
  };
  const drop = ({ id }: Comment) => {
    comments.delete(id);
    draw();
  };
  const note = (id: string, text: string) => {
    part(id).append(Object.assign(document.createElement("li"), { textContent: text }));
  };

  const echo = new Echo({
    ...{ broadcaster: "pusher", key, cluster: "mt1", wsHost: location.hostname, wsPort: port, forceTLS: false },
    ...{ disableStats: true, enabledTransports: ["ws"] },
    ...{ authEndpoint: "/broadcasting/auth", auth: { headers: authorization } },
  });
  const room = `sport-session.${sessionId}`;
  // The old server told of comments without a namespace: the dot says so to Echo.
  echo
    .channel(room)
    .listen(".comment.created", (data: Comment) => note("public", JSON.stringify(data)))
    .listen(".comment.updated", () => note("public", "updated"))
    .listen(".comment.deleted", () => note("public", "deleted"));
  const mine = echo.private(room);
  mine.listen(".comment.created", keep).listen(".comment.updated", keep).listen(".comment.deleted", drop);
  mine.subscribed(() => note("joined", "private")).error(() => note("joined", "private refused"));
  let typing: ReturnType<typeof setTimeout>;
  const present = echo.join(room);
  present
    .here(() => note("joined", "presence"))
    .error(() => note("joined", "presence refused"))
    .listen(".user.online", ({ user }: Person) => {
      online.set(user.id, nameOf(user));
      draw();
    })
    .listen(".user.offline", ({ user }: Person) => {
      online.delete(user.id);
      draw();
    })
    .listen(".user.typing", ({ user }: Person) => {
      part("typing").textContent = `${nameOf(user)} écrit`;
      clearTimeout(typing);
      typing = setTimeout(() => part("typing").replaceChildren(), 3_000);
    });

  const field = part("content") as HTMLInputElement;
  const press = (id: string, act: () => Promise<unknown>) => part(id).addEventListener("click", () => void act());
  const own = () => [...comments.values()].at(-1)?.id ?? "";
  press("enter", async () => {
    const list = await call("GET", "/comments?page=1&limit=50");
    if (!list.success) return;
    for (const comment of [...list.data.comments].reverse()) comments.set(comment.id, comment);
    const { data } = await call("POST", "/presence/join");
    online.clear();
    for (const user of data) online.set(user.id, nameOf(user));
    draw();
    part("total").textContent = `${list.pagination.total} sur ${list.pagination.totalPages} page`;
  });
  press("leave", () => call("POST", "/presence/leave"));
  press("send", async () => {
    const { success, data } = await call("POST", "/comments", { content: field.value, mentions: [] });
    if (success) keep(data);
  });
  press("edit", async () => {
    const { success, data } = await call("PUT", `/comments/${own()}`, { content: field.value, mentions: [] });
    if (success) keep(data);
  });
  press("delete", async () => {
    const { success, data } = await call("DELETE", `/comments/${own()}`);
    if (success) drop(data);
  });
  field.addEventListener("input", () => void call("POST", "/presence/typing"));
}

const BUTTONS = ["enter", "leave", "send", "edit", "delete"] as const;

export type OldClient = {
  page: Page;
  list: (name: "comments" | "online" | "public" | "joined") => Locator;
  part: (name: "typing" | "error" | "total") => Locator;
  field: Locator;
  press: (name: (typeof BUTTONS)[number]) => Promise<void>;
};

/** Opens the old page of a session in a browser that has no cookie of ours, with a person's token. */
export async function openOldClient(context: BrowserContext, token: string, sessionId: number): Promise<OldClient> {
  const origin = urlOf("gestion-dossier");
  const address = `${origin}/ancien-client`;
  const settings: Settings = { key: await keyOf(token), port: portOf("realtime"), sessionId, token };
  const lists = ["comments", "online", "public", "joined"].map((id) => `<ul id="${id}"></ul>`);
  const texts = ["typing", "error", "total"].map((id) => `<p id="${id}"></p>`);
  const buttons = BUTTONS.map((id) => `<button id="${id}">${id}</button>`);
  const script = `(${runOldClient.toString()})(${JSON.stringify(settings)})`;
  // The page below has no address of its own, so the browser takes it for one of the internet, from where it blocks this machine.
  await context.grantPermissions(["local-network-access"], { origin });
  const page = await context.newPage();
  await page.route(address, (route) =>
    route.fulfill({
      contentType: "text/html; charset=utf-8",
      body: `<!doctype html><html lang="fr"><title>Séance</title><input id="content" aria-label="Commentaire">
        ${[...lists, ...texts, ...buttons].join("\n")}
        <script>${PUSHER}</script><script>${ECHO}</script><script>${script}</script></html>`,
    }),
  );
  await page.goto(address);
  return {
    page,
    list: (name) => page.locator(`#${name} > li`),
    part: (name) => page.locator(`#${name}`),
    field: page.getByLabel("Commentaire"),
    press: (name) => page.locator(`#${name}`).click(),
  };
}

/** The key of the realtime server, which old front ends had in their settings. */
export async function keyOf(token: string): Promise<string> {
  const response = await fetch(`${urlOf("gestion-dossier")}/broadcasting/auth`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams({ socket_id: "1.1", channel_name: "presence-online-users" }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { auth: string }).auth.split(":")[0] ?? "";
}
