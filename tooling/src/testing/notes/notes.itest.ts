import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createTestCommands } from "@mgs/command-kit/testing/command-line";
import { createSealer } from "@mgs/core/crypto";
import type { Portal } from "@mgs/core/portals";
import { answerNodeRequest } from "@mgs/http/fast-path/answer-node";
import { checkAnswer } from "@mgs/http/testing/check-answer";
import { identity } from "@mgs/identity/module";
import { sessionActor } from "@mgs/identity/portal-session";
import { findUser } from "@mgs/identity/users.repository";
import { notifications } from "@mgs/notifications/module";
import { withUnitOfWork } from "@mgs/oidc/with-unit-of-work";
import { compose } from "@mgs/portal/composition";
import { collectEntries } from "@mgs/portal/navigation";
import { createOpenApiDocument } from "@mgs/portal/openapi/create-document";
import { mergeMessages } from "@mgs/portal/texts";
import { portalAuth } from "@mgs/portal-auth/module";
import { readEnv } from "@mgs/worker/env";
import { createStage, type Stage } from "@mgs/worker/testing/stage";
import { startWorker } from "@mgs/worker/worker";
import PusherClient from "pusher-js";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { NOTE_WRITTEN_EVENT, notesChannel } from "./channels";
import { noteCommands } from "./commands";
import { notes } from "./module";
import { noteRoutes } from "./routes";
import { noteOpenApi } from "./routes.openapi";

/** A domain that is added by its folder and one line in each process, driven through HTTP, the worker, a socket and a command. */

const MODULES = [identity, notifications, notes];
const ORIGIN = "http://localhost:3001";
const KEY = randomBytes(32).toString("base64");
const tokenOf = (userId: number): string => `a-token-of-person-${userId}-for-notes`;
const MACHINE = "a-token-of-a-program-for-notes";

let stage: Stage;
let server: Server;
let address: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  stage = await createStage();
  const { database } = stage.test;
  for (const statement of readFileSync(new URL("./migration.sql", import.meta.url), "utf8").split(";\n")) {
    if (statement.trim()) await database.$executeRawUnsafe(statement);
  }
  environment = {
    ...stage.environment("smtp://127.0.0.1:1"),
    MGS_KEY_ENCRYPTION_KEY: KEY,
    OAUTH_CLIENT_ID: "commercial",
    OAUTH_CLIENT_SECRET: "a secret of the test",
    OAUTH_REDIRECT_URI: `${ORIGIN}/api/auth/callback/mgs`,
    NEXTAUTH_URL: ORIGIN,
    NEXTAUTH_SECRET: "a secret of the test, which is long enough",
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { router } = compose("commercial", [portalAuth, ...MODULES], "portal-auth");
  server = createServer((request, response) => {
    void answerNodeRequest(router.fetch, request, response, { origin: ORIGIN, headers: {} });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await signIn();
});
afterAll(async () => {
  server?.close();
  vi.unstubAllEnvs();
  await stage?.close();
});

/** Tokens of persons 1 and 2, and one of a program. */
async function signIn(): Promise<void> {
  const { database } = stage.test;
  await database.client.create({ data: { id: "agenda", name: "Agenda", secretHash: "-", machine: true } });
  await withUnitOfWork({ database, sealer: createSealer(KEY) }, async (unit) => {
    const scope = "profile profile:write";
    for (const userId of [1, 2]) {
      const sessionUid = `uid-${userId}`;
      await database.userSession.create({
        data: { id: `0199a000-0000-7000-8000-00000000000${userId}`, userId, oidcSessionUid: sessionUid },
      });
      const payload = { kind: "AccessToken", clientId: "agenda", scope, accountId: String(userId), sessionUid };
      unit.save({ model: "AccessToken", id: tokenOf(userId), payload, expiresIn: 600 });
    }
    const payload = { kind: "ClientCredentials", clientId: "agenda", scope };
    unit.save({ model: "ClientCredentials", id: MACHINE, payload, expiresIn: 600 });
  });
}

async function call(token: string, method: string, body?: object) {
  const request = new Request(`${address}/api/notes`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await fetch(request);
  await checkAnswer({ routes: noteRoutes, docs: noteOpenApi }, request, response);
  return { status: response.status, json: await response.json() };
}

const textsOf = async (userId: number): Promise<string[]> =>
  (await call(tokenOf(userId), "GET")).json.data.map(({ text }: { text: string }) => text);

/** A page of an unmodified pusher-js, authorized by the portal's own route. */
function openPage(userId: number): PusherClient {
  const page = new PusherClient("test-key", {
    cluster: "mt1",
    wsHost: "127.0.0.1",
    wsPort: stage.realtime.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, done) => {
        fetch(`${address}/broadcasting/auth`, {
          method: "POST",
          headers: { authorization: `Bearer ${tokenOf(userId)}` },
          body: new URLSearchParams({ socket_id: socketId, channel_name: channelName }),
        })
          .then(async (response) => {
            if (response.ok) done(null, await response.json());
            else done(new Error(String(response.status)), null);
          })
          .catch((error: Error) => done(error, null));
      },
    },
  });
  onTestFinished(() => page.disconnect());
  return page;
}

it("answers its routes, each by its permission, and refuses bad input", async () => {
  expect(await call(tokenOf(1), "POST", { text: "Appeler Rivo" })).toMatchObject({
    status: 201,
    json: { success: true, data: { text: "Appeler Rivo" } },
  });
  expect(await textsOf(1)).toEqual(["Appeler Rivo"]);
  expect(await textsOf(2)).toEqual([]);
  expect(await call(MACHINE, "POST", { text: "x" })).toMatchObject({
    status: 403,
    json: { error: { code: "FORBIDDEN" } },
  });
  expect(await call("nobody", "GET")).toMatchObject({ status: 401 });
  expect(await call(tokenOf(2), "POST", {})).toMatchObject({
    status: 422,
    json: { error: { code: "VALIDATION_ERROR", details: [{ path: "text" }] } },
  });
  expect(await call(tokenOf(1), "DELETE")).toMatchObject({ status: 405 });
});

it("broadcasts a note to its author's open pages, by the worker and the realtime server", async () => {
  const channel = openPage(2).subscribe(notesChannel(2));
  const heard: unknown[] = [];
  channel.bind(NOTE_WRITTEN_EVENT, (data: unknown) => heard.push(data));
  await new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));
  const stranger = openPage(1).subscribe(notesChannel(2));
  expect(await new Promise((resolve) => stranger.bind("pusher:subscription_error", resolve))).toMatchObject({
    error: "403",
  });

  const worker = await startWorker(readEnv(environment), { modules: MODULES });
  onTestFinished(() => worker.close());
  const { json } = await call(tokenOf(2), "POST", { text: "Write to Hery" });
  await expect.poll(() => heard).toEqual([{ id: json.data.id, text: "Write to Hery" }]);
  await expect
    .poll(() => stage.test.database.outbox.count({ where: { kind: "note.written", state: "sent" } }))
    .toBeGreaterThan(0);
});

it("the worker's sweep deletes expired notes", async () => {
  const { database } = stage.test;
  await database.$executeRaw`
    INSERT INTO "notes" ("id", "author_id", "text", "created_at")
    VALUES (gen_random_uuid(), 1, 'Of the year before last', now() - interval '2 years')`;
  expect(await textsOf(1)).toContain("Of the year before last");
  const worker = await startWorker(readEnv(environment), { modules: MODULES });
  onTestFinished(() => worker.close());
  await expect.poll(() => textsOf(1)).not.toContain("Of the year before last");
  expect(await textsOf(1)).toContain("Appeler Rivo");
});

it("has its texts, in both languages", () => {
  expect(mergeMessages(MODULES, "fr")).toMatchObject({ notes: { empty: "Aucune note pour le moment" } });
  expect(mergeMessages(MODULES, "en")).toMatchObject({ notes: { empty: "No notes yet" } });
});

const PORTAL_URLS = {
  administration: "http://localhost:3000",
  commercial: "http://localhost:3001",
  "gestion-dossier": "http://localhost:3002",
};

it("has its page in the navigation of the portals that it names", async () => {
  const user = await findUser(stage.test.database, 1);
  if (!user) throw new Error("the test database has no person 1");
  const session = { user, userSessionId: crypto.randomUUID(), portalSessionId: null, expiresAt: null };
  const pagesOf = async (portal: Portal) =>
    (await collectEntries(portal, MODULES, sessionActor(session, portal), PORTAL_URLS)).pages;
  expect(await pagesOf("commercial")).toContainEqual({ href: "/notes", label: "Notes", icon: "notebook-pen" });
  expect((await pagesOf("administration")).map(({ href }) => href)).not.toContain("/notes");
});

it("is in the OpenAPI document, from its routes and schemas", async () => {
  const { paths } = await createOpenApiDocument([notes]);
  expect(paths?.["/api/notes"]).toMatchObject({
    get: { operationId: "listNotes", security: [{ oauth: ["profile"] }, { cookie: [] }] },
    post: {
      security: [{ oauth: ["profile:write"] }, { cookie: [] }],
      requestBody: {
        content: { "application/json": { schema: { properties: { text: { minLength: 1, maxLength: 500 } } } } },
      },
    },
  });
});

it("has a command", async () => {
  const mgs = createTestCommands(noteCommands, () => environment);
  expect(await mgs(["notes:list", "--user", "1"])).toMatchObject({
    code: 0,
    out: expect.stringContaining("Appeler Rivo"),
  });
});
