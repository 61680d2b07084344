import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import Echo from "laravel-echo";
import type { Client } from "pg";
import Pusher from "pusher-js";
import { SCOPES } from "../packages/core/src/scopes";
import type { TestBrowser } from "../packages/oidc/src/testing/browser";
import { connect } from "./bad-input/database";
import { createClient, createPerson, type Person, type WebClient } from "./bad-input/people";
import { askProvider, openPortals, type Tokens, tokensOf } from "./bad-input/sign-in";
import { SESSION_COOKIE } from "./bad-input/world";
import { mgs } from "./support/cli";
import { portOf, urlOf } from "./support/instance";

/** A socket is closed with the session, token or client that authorized it, also for front ends that never send `pusher:signin`. */

/** A long timeout, because a loaded machine can stand still for seconds. */
const LONG_TIMEOUT = { timeout: 60_000 };

let database: Client;
const people: Person[] = [];
const clients: WebClient[] = [];
const open: Pusher[] = [];

test.beforeAll(async () => {
  database = await connect();
});
test.afterEach(() => {
  for (const pusher of open.splice(0)) pusher.disconnect();
});
test.afterAll(async () => {
  const ids = people.map(({ id }) => id);
  await database.query(
    "DELETE FROM outbox o USING notifications n WHERE n.id = o.notification_id AND n.user_id = ANY($1)",
    [ids],
  );
  await database.query("DELETE FROM users WHERE id = ANY($1)", [ids]);
  await database.query("DELETE FROM clients WHERE id = ANY($1)", [clients.map(({ id }) => id)]);
  await database.end();
});

type Page = {
  /** Titres of the notifications that the page has received. */
  received: string[];
  /** Ids of the people whom the page sees online. */
  online: Set<number>;
  state(): string;
};

/** Opens a page of an old front end with Laravel Echo. */
async function openPage(
  person: Person,
  headers: Record<string, string>,
  transport: "ws" | "xhr_streaming" = "ws",
): Promise<Page> {
  const client = new Pusher(await appKey(headers, person), {
    cluster: "mt1",
    wsHost: "127.0.0.1",
    wsPort: portOf("realtime"),
    httpHost: "127.0.0.1",
    httpPort: portOf("realtime"),
    forceTLS: false,
    enabledTransports: [transport],
    channelAuthorization: {
      customHandler: async ({ socketId, channelName }, done) => {
        const response = await authorize(headers, socketId, channelName);
        if (response.ok) done(null, await response.json());
        else done(new Error(String(response.status)), null);
      },
    },
  });
  open.push(client);
  const echo = new Echo({ broadcaster: "pusher", client });
  const page: Page = { received: [], online: new Set(), state: () => client.connection.state };
  const subscribed = new Promise<void>((resolve, reject) => {
    echo
      .private(`App.Models.User.${person.id}`)
      .notification(({ titre }: { titre: string }) => page.received.push(titre))
      .subscribed(resolve)
      .error(reject);
  });
  const present = new Promise<void>((resolve, reject) => {
    client.subscribe("presence-online-users").bind_global((event: string, data: { id?: string; status?: number }) => {
      if (event === "pusher:subscription_succeeded") resolve();
      if (event === "pusher:subscription_error") reject(new Error(`refused with ${data.status}`));
      if (event === "pusher:member_added") page.online.add(Number(data.id));
      if (event === "pusher:member_removed") page.online.delete(Number(data.id));
    });
  });
  await Promise.all([subscribed, present]);
  return page;
}

function authorize(headers: Record<string, string>, socket_id: string, channel_name: string): Promise<Response> {
  return fetch(`${urlOf("commercial")}/broadcasting/auth`, {
    method: "POST",
    headers: { origin: urlOf("commercial"), ...headers },
    body: new URLSearchParams({ socket_id, channel_name }),
  });
}

async function appKey(headers: Record<string, string>, { id }: Person): Promise<string> {
  const response = await authorize(headers, "1.1", `private-App.Models.User.${id}`);
  const { auth } = (await response.json()) as { auth: string };
  return auth.split(":")[0] ?? "";
}

type Scene = {
  person: Person;
  client: WebClient;
  browser: TestBrowser;
  tokens: Tokens;
  cookie: Record<string, string>;
};

const bearer = ({ tokens }: Pick<Scene, "tokens">) => ({ authorization: `Bearer ${tokens.access_token}` });
const cookieOf = (browser: TestBrowser) => ({
  cookie: `${SESSION_COOKIE.commercial}=${browser.cookie(SESSION_COOKIE.commercial) ?? ""}`,
});

async function prepare(name: string): Promise<Scene> {
  const person = await createPerson(database, name, "commercial", "fr");
  people.push(person);
  const client = await createClient(database, { machine: false, scopes: SCOPES });
  clients.push(client);
  // The command that revokes a client needs a third-party client.
  await database.query("UPDATE clients SET first_party = false WHERE id = $1", [client.id]);
  const browser = await openPortals(person.email, ["commercial"]);
  await database.query("UPDATE clients SET first_party = true WHERE id = $1", [client.id]);
  const tokens = await tokensOf(browser, person.email, client, SCOPES.join(" "));
  await database.query("UPDATE clients SET first_party = false WHERE id = $1", [client.id]);
  return { person, client, browser, tokens, cookie: cookieOf(browser) };
}

async function notify({ id }: Person, titre: string): Promise<void> {
  await mgs("notify", "--user", String(id), "--titre", titre, "--message", "Essai");
}

type End = { name: string; all: boolean; end: (scene: Scene) => Promise<unknown> };

const ENDS: readonly End[] = [
  {
    name: "logout",
    all: true,
    end: ({ browser }) =>
      browser.request(`${urlOf("commercial")}/logout`, { method: "POST", headers: { origin: urlOf("commercial") } }),
  },
  { name: "tokens:revoke", all: true, end: ({ person }) => mgs("tokens:revoke", "--user", person.email) },
  { name: "user:password", all: true, end: ({ person }) => mgs("user:password", person.email, "--generate") },
  { name: "user:disable", all: true, end: ({ person }) => mgs("user:disable", person.email) },
  { name: "client:revoke", all: false, end: ({ client }) => mgs("client:revoke", client.id) },
  {
    name: "a token's revocation",
    all: false,
    end: ({ client, tokens }) => askProvider("/oauth/revoke", client, { token: tokens.access_token }),
  },
  {
    name: "reuse of a refresh token",
    all: true,
    end: async ({ client, tokens }) => {
      const refresh = () =>
        askProvider("/oauth/token", client, { grant_type: "refresh_token", refresh_token: tokens.refresh_token });
      expect((await refresh()).status).toBe(200);
      await database.query(
        `UPDATE oidc_payloads SET consumed_at = now() - interval '1 minute'
          WHERE model = 'RefreshToken' AND id_hash = $1`,
        [createHash("sha256").update(tokens.refresh_token).digest("base64url")],
      );
      expect((await refresh()).status).toBe(400);
    },
  },
];

for (const { name, all, end } of ENDS) {
  test(`${name} closes the sockets that it authorized`, async () => {
    test.setTimeout(180_000);
    const scene = await prepare("fin");
    const { person } = scene;
    const witness = await prepare("temoin");
    const watcher = await openPage(witness.person, witness.cookie);
    const pages = {
      cookie: await openPage(person, scene.cookie),
      cookieByHttp: await openPage(person, scene.cookie, "xhr_streaming"),
      token: await openPage(person, bearer(scene)),
    };
    await expect.poll(() => watcher.online.has(person.id), LONG_TIMEOUT).toBe(true);
    await end(scene);
    const ended = all ? Object.values(pages) : [pages.token];
    for (const page of ended) await expect.poll(page.state, LONG_TIMEOUT).toBe("disconnected");
    if (all) await expect.poll(() => watcher.online.has(person.id), LONG_TIMEOUT).toBe(false);
    else expect(pages.cookie.state()).toBe("connected");
    expect(watcher.state()).toBe("connected");
  });
}

test("the sockets of another sign-in of the same person stay open", async () => {
  const scene = await prepare("deux");
  const other = await openPortals(scene.person.email, ["commercial"]);
  const [ended, stays] = [
    await openPage(scene.person, scene.cookie),
    await openPage(scene.person, cookieOf(other), "xhr_streaming"),
  ];
  await scene.browser.request(`${urlOf("commercial")}/logout`, {
    method: "POST",
    headers: { origin: urlOf("commercial") },
  });
  await expect.poll(ended.state, LONG_TIMEOUT).toBe("disconnected");
  await notify(scene.person, "Après la fin");
  await expect.poll(() => stays.received, LONG_TIMEOUT).toEqual(["Après la fin"]);
  expect(ended.received).toEqual([]);
});
