import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { MESSAGING_PORTS } from "@mgs/business/modules";
import type { UserActor } from "@mgs/core/actor";
import { createLogger } from "@mgs/core/logger";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { startTestSmtp } from "@mgs/email/testing/smtp-server";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import { fromPage, withChanges, withMessage } from "@mgs/messaging/contract/conversation-state";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { listConversations } from "@mgs/messaging/conversations/list-conversations";
import { openConversation } from "@mgs/messaging/conversations/open-conversation";
import type { MessagingDeps } from "@mgs/messaging/deps";
import { listMessageChanges, listMessages } from "@mgs/messaging/messages/list-messages";
import { postMessage } from "@mgs/messaging/messages/post-message";
import { countUnread } from "@mgs/messaging/reading/read-conversation";
import { repairCounts } from "@mgs/messaging/repair/repair-counts";
import { EVENTS } from "@mgs/realtime/names";
import { createPublisher } from "@mgs/realtime/server";
import Pusher from "pusher-js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStage, type Stage } from "./testing/stage";

const isLongRun = process.env.MGS_LONG_TESTS === "1";
const MESSAGES = isLongRun ? 2_000 : 120;
const PEOPLE = 10;
const FIRST_ID = 101;
/** Who is in which conversation. */
const CONVERSATIONS = [
  [0, 1, 2, 3, 4],
  [5, 6, 7, 8, 9],
  [0, 2, 4, 6, 8],
  [1, 3, 5, 7, 9],
] as const;
/** Ten people who take turns stay below thirty messages a minute each. */
const TURN_MS = 210;
const WORKER_FOLDER = fileURLToPath(new URL("..", import.meta.url));
const BUNDLE = "node_modules/.cache/messages-killed/main.js";
const REALTIME = fileURLToPath(new URL("../../realtime-server/src/main.ts", import.meta.url));

let stage: Stage;
let port = 0;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  const thread = ["src/mail-thread.ts", BUNDLE.replace("main", "mail-thread")];
  await promisify(execFile)(process.execPath, ["../../scripts/bundle.mjs", "src/main.ts", BUNDLE, ...thread], {
    cwd: WORKER_FOLDER,
  });
  stage = await createStage();
  // A process of its own takes its place, which can be killed.
  port = stage.realtime.port;
  await stage.realtime.close();
}, 300_000);
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await stage.close();
});

/** A process that is killed and started again. */
function createVictim(start: () => ChildProcess) {
  let child = start();
  children.add(child);
  return async (): Promise<void> => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    children.delete(child);
    child = start();
    children.add(child);
  };
}

const person = (index: number): UserActor => ({
  ...{ kind: "user", userId: FIRST_ID + index, role: "direction", locale: "fr", scopes: PORTAL_SCOPES },
  ...{ userSessionId: "019ac000-0000-7000-8000-000000000000", clientId: "administration" },
});

/** What one person's page shows of a conversation: by its socket alone, and by asking for what that shows to be missing. */
async function openPage(deps: MessagingDeps, pusher: Pusher, actor: UserActor, id: number) {
  let state = fromPage(await listMessages(deps, actor, id, { limit: "100" }));
  let turn: Promise<void> = Promise.resolve();
  const catchUp = () => {
    turn = turn.then(async () => {
      for (let next = null; next === null; ) {
        next = withChanges(state, await listMessageChanges(deps, actor, String(id), { after: String(state.seq) }));
        if (next) state = next;
        // Too much was missed: the conversation is read anew, and what is older when somebody looks for it.
        else state = fromPage(await listMessages(deps, actor, id, { limit: "100" }));
      }
    });
  };
  const channel = pusher.subscribe(`private-conversation.${id}`);
  channel.bind("pusher:subscription_succeeded", catchUp);
  channel.bind(EVENTS.messageCreated, ({ message }: { message: MessageDto }) => {
    const { state: next, behind } = withMessage(state, message);
    state = next;
    if (behind) catchUp();
  });
  return { id, actor, get: () => state, idle: () => turn };
}

it("2,000 messages of ten people arrive once and in order while worker, realtime server and Redis are killed", {
  timeout: isLongRun ? 1_800_000 : 240_000,
}, async () => {
  const { database } = stage.test;
  await database.user.createMany({
    data: Array.from({ length: PEOPLE }, (_, index) => ({
      ...{ id: FIRST_ID + index, email: `p${index}@mgs.example`, name: `Personne ${index}` },
      ...{ role: "direction", passwordHash: "-", emailConfirmedAt: new Date() },
    })),
  });
  await database.$executeRaw`INSERT INTO inboxes (user_id) SELECT id FROM users ON CONFLICT DO NOTHING`;
  const smtp = await startTestSmtp();
  const env = { ...stage.environment(smtp.url), PUSHER_PORT: String(port) };
  const killWorker = createVictim(() =>
    spawn(process.execPath, [BUNDLE], { cwd: WORKER_FOLDER, env, stdio: ["ignore", "ignore", "inherit"] }),
  );
  const killRealtime = createVictim(() =>
    spawn(process.execPath, ["--import", "tsx", REALTIME], {
      env: { ...env, PATH: process.env.PATH, REALTIME_PORT: String(port) },
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
  const killRedis = async () => {
    await stage.redis.stop();
    await stage.redis.start();
  };

  // The clock of the messages is behind, so that each minute that a notification waits is over when the worker looks.
  let now = Date.now() - 120_000 - MESSAGES * TURN_MS;
  const enqueuer = createEnqueuer(stage.redis.url, createLogger("test", "silent"), 500);
  const deps: MessagingDeps = {
    ...{ database, enqueuer, clock: { now: () => new Date(now) }, ...MESSAGING_PORTS },
    portalUrls: {
      administration: "http://localhost:3000",
      commercial: "http://localhost:3001",
      "gestion-dossier": "http://localhost:3002",
    },
  };
  const ids = await Promise.all(
    CONVERSATIONS.map(async (members, index) => {
      const user_ids = members.map((one) => FIRST_ID + one);
      return (await openConversation(deps, person(members[0]), { user_ids, name: `Chantier ${index}` })).conversation
        .id;
    }),
  );

  const publisher = createPublisher(env as never);
  const sockets = Array.from(
    { length: PEOPLE },
    () =>
      new Pusher("test-key", {
        ...{ cluster: "", wsHost: "127.0.0.1", wsPort: port, forceTLS: false, enabledTransports: ["ws"] },
        channelAuthorization: {
          ...{ transport: "ajax", endpoint: "" },
          customHandler: ({ socketId, channelName }, callback) =>
            callback(null, publisher.authorizeChannel(socketId, channelName)),
        },
      }),
  );
  const pages = await Promise.all(
    CONVERSATIONS.flatMap((members, index) =>
      members.map((one) => openPage(deps, sockets[one] as Pusher, person(one), ids[index] ?? 0)),
    ),
  );

  const write = async (index: number): Promise<void> => {
    const members = CONVERSATIONS[index % CONVERSATIONS.length];
    const author = members?.[Math.floor(index / CONVERSATIONS.length) % members.length] ?? 0;
    const id = crypto.randomUUID();
    const send = () =>
      postMessage(deps, person(author), ids[index % CONVERSATIONS.length] ?? 0, { id, content: `n° ${index}` });
    // One answer in ten does not arrive, and the page sends it again.
    await Promise.all(index % 10 === 3 ? [send(), send()] : [send()]);
  };
  const kills = [killWorker, killRealtime, killRedis];
  const between = Math.floor(MESSAGES / (isLongRun ? 13 : 4));
  const killed: Promise<void>[] = [];
  // The four conversations go on beside each other, each in its order.
  for (let index = 0; index < MESSAGES; index += CONVERSATIONS.length) {
    now += TURN_MS * CONVERSATIONS.length;
    await Promise.all(CONVERSATIONS.map((_, lane) => write(index + lane)));
    if (index > between * (killed.length + 1))
      killed.push(kills[killed.length % kills.length]?.() ?? Promise.resolve());
  }
  await Promise.all(killed);
  expect(killed.length).toBeGreaterThanOrEqual(3);

  // The sockets alone bring each page to the end, and the worker alone tells of what is unread.
  const waiting = async () => ({
    outbox: await database.outbox.count({ where: { state: { in: ["pending", "leased"] } } }),
    notices: await database.messageNotice.count(),
    behind: pages.filter(({ get }) => get().seq < MESSAGES / CONVERSATIONS.length).length,
  });
  await expect
    .poll(waiting, { timeout: isLongRun ? 600_000 : 150_000, interval: 500 })
    .toEqual({ outbox: 0, notices: 0, behind: 0 });

  const rows = await database.message.findMany({ orderBy: [{ conversationId: "asc" }, { place: "asc" }] });
  expect(rows.map(({ content }) => content).toSorted()).toEqual(
    Array.from({ length: MESSAGES }, (_, index) => `n° ${index}`).toSorted(),
  );
  for (const page of pages) {
    await page.idle();
    const own = rows.filter(({ conversationId }) => conversationId === page.id);
    const numbers = own.map(({ content }) => Number(content.slice(3)));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    const shown = page.get().messages;
    expect(shown.map(({ id, place }) => [id, place])).toEqual(
      own.slice(-shown.length).map(({ id, place }) => [id, Number(place)]),
    );
    expect(page.get().older === null ? shown.length : own.length).toBe(own.length);
  }

  for (const [index, members] of CONVERSATIONS.entries())
    for (const one of members) {
      const unread = await listConversations(deps, person(one), { unread: "true" });
      expect((await countUnread(deps, person(one))).count).toBe(
        unread.conversations.reduce((sum, { unread_count }) => sum + unread_count, 0),
      );
      const growing = await database.notification.count({
        where: { userId: FIRST_ID + one, groupKey: `conversation:${ids[index]}`, readAt: null, deletedAt: null },
      });
      const isUnread = unread.conversations.some(({ id }) => id === ids[index]);
      expect(growing).toBeLessThanOrEqual(1);
      if (isUnread) expect(growing).toBe(1);
    }
  expect(await repairCounts({ database, logger: createLogger("test", "silent") }, new Date())).toEqual({
    ...{ newest: 0, members: 0, behind: 0 },
  });
  for (const socket of sockets) socket.disconnect();
  await enqueuer.close();
  await smtp.close();
});
