import { refusal, startTestSmtp, type TestSmtp } from "@mgs/email/testing/smtp-server";
import { sessionEnded } from "@mgs/identity/outbox-kinds";
import { pauseQueue, resumeQueue } from "@mgs/jobs/admin/pause-queue";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { createRedis } from "@mgs/jobs/redis";
import { EVENTS, sessionChannel, userChannel } from "@mgs/realtime/names";
import { createPublisher } from "@mgs/realtime/server";
import PusherClient from "pusher-js";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnv } from "./env";
import { countStates, createStage, type Stage } from "./testing/stage";
import { type RunningWorker, startWorker } from "./worker";

let stage: Stage;
const atEnd: (() => unknown)[] = [];
beforeEach(async () => {
  stage = await createStage();
});
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
  await stage.close();
});

async function startTestWorker(
  options?: SMTPServerOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<{ smtp: TestSmtp; worker: RunningWorker }> {
  const smtp = await startTestSmtp(options);
  const worker = await startWorker(readEnv({ ...stage.environment(smtp.url), ...env }));
  atEnd.push(
    () => smtp.close(),
    () => worker.close(),
  );
  return { smtp, worker };
}

const whenSettled = (states: Record<string, number>) =>
  expect.poll(() => countStates(stage), { timeout: 60_000, interval: 100 }).toEqual(states);

/** Opens a page with an unmodified pusher-js. `events` lists the events of the channel in the order of their arrival. */
async function openPage(channelName: string, userSessionId: string) {
  const publisher = createPublisher(readEnv(stage.environment("smtp://unused")));
  const page = new PusherClient("test-key", {
    cluster: "mt1",
    wsHost: "127.0.0.1",
    wsPort: stage.realtime.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, done) => done(null, publisher.authorizeChannel(socketId, channelName)),
    },
    userAuthentication: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId }, done) => done(null, publisher.authenticateUser(socketId, { id: userSessionId })),
    },
  });
  atEnd.push(() => page.disconnect());
  page.signin();
  await new Promise((resolve) => page.bind("pusher:signin_success", resolve));
  const channel = page.subscribe(channelName);
  await new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));
  const events: { name: string; data: unknown }[] = [];
  channel.bind_global((name: string, data: unknown) => events.push({ name, data }));
  return { page, events };
}

describe("the worker", () => {
  it("mails and broadcasts a notification", async () => {
    const { events } = await openPage(userChannel(1), "s1");
    const { smtp } = await startTestWorker();
    const refs = await stage.accept(1, { titre: "<script>", message: "😀".repeat(5_000) });
    await stage.enqueue(refs);
    await whenSettled({ sent: 2 });

    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]).toMatchObject({
      messageId: `<${refs[0]?.id}@mgs.example>`,
      subject: "<script>",
      from: { name: "MGS Commercial", address: "commercial@mgs.example" },
      to: [{ name: "Rivo Ratsimba", address: "rivo@mgs.example" }],
    });
    expect(smtp.mails[0]?.html).toContain("&lt;script&gt;");
    expect(smtp.mails[0]?.html).toContain('href="http://localhost:3001/contrats/1"');
    expect(smtp.mails[0]?.html).toContain("😀".repeat(5_000));
    expect(smtp.mails[0]?.text).toContain("Ouvrir dans Commercial");

    await expect.poll(() => events.map(({ name }) => name)).toEqual([EVENTS.notificationCreated, EVENTS.inboxChanged]);
    expect(events[0]?.data).toMatchObject({ titre: "<script>", truncated: true, seq: 1, unread_count: 1 });
    expect(events[1]?.data).toMatchObject({ op: "created", seq: 1, unread_count: 1 });
  });

  it("mails an English reader in English, with a link to a portal that they may open", async () => {
    const { events } = await openPage(userChannel(2), "s2");
    const { smtp } = await startTestWorker();
    await stage.test.database.client.create({ data: { id: "erp", name: "Comptabilité", secretHash: "-" } });
    await stage.enqueue(await stage.accept(1, { userId: 2, source: "erp" }));
    await whenSettled({ sent: 2 });
    await expect.poll(() => events[0]?.data).toMatchObject({ source: "erp", source_name: "Comptabilité" });
    expect(smtp.mails[0]?.text).toContain("You receive this e-mail");
    expect(smtp.mails[0]?.text).toContain("http://localhost:3002/notifications");
    expect(smtp.mails[0]?.from).toEqual({ name: "MGS", address: "no-reply@mgs.example" });
  });

  it("sends session.ended to the open pages of a session and closes its sockets", async () => {
    const { page, events } = await openPage(sessionChannel("s1"), "s1");
    const { page: other } = await openPage(userChannel(1), "s2");
    await startTestWorker();
    const closed = new Promise((resolve) => page.connection.bind("disconnected", resolve));
    const row = sessionEnded.row({ payload: { user_session_id: "s1", reason: "logout" } });
    await stage.enqueue(await insertOutbox(stage.test.database, [row]));
    await closed;
    expect(events).toEqual([{ name: EVENTS.sessionEnded, data: { reason: "logout" } }]);
    expect(other.connection.state).toBe("connected");
  });

  it("retries a transient failure with the same Message-ID, and makes a permanent one a dead letter", async () => {
    let refusals = 0;
    const { smtp } = await startTestWorker({
      onRcptTo({ address }, _session, done) {
        if (address === "jane@mgs.example") return done(refusal(550, "5.1.1 unknown"));
        done(refusals++ === 0 ? refusal(451, "4.3.0 later") : undefined);
      },
    });
    const refs = await stage.accept(1);
    await stage.enqueue([...refs, ...(await stage.accept(1, { userId: 2 }))]);
    await whenSettled({ sent: 3, dead: 1 });
    expect(smtp.mails.map(({ messageId }) => messageId)).toEqual([`<${refs[0]?.id}@mgs.example>`]);
    const dead = await stage.test.database.outbox.findFirstOrThrow({ where: { state: "dead" } });
    expect(dead).toMatchObject({ attempts: 1, lastError: "PermanentFailure: SMTP: 550 5.1.1 RCPT TO" });
  });

  it("delivers every row of a shared job, and gives each row its own job under a limit of mails", async () => {
    const redis = createRedis(stage.redis.url, "test", 10_000);
    await redis.connect();
    atEnd.push(() => redis.disconnect());
    const jobsMade = async () => Number(await redis.get("bull:emails:id"));

    const { smtp, worker } = await startTestWorker();
    // Administration enqueues mails like this: rows with the same delay share a job.
    await stage.enqueue(await stage.accept(3));
    await whenSettled({ sent: 6 });
    expect(smtp.mails).toHaveLength(3);
    await worker.close();

    const before = await jobsMade();
    const counted = await startTestWorker({}, { WORKER_MAILS_PER_SECOND: "1000" });
    await stage.enqueue(await stage.accept(3));
    await whenSettled({ sent: 12 });
    expect(counted.smtp.mails).toHaveLength(3);
    // One shared job, and one job for each of its other two rows.
    expect((await jobsMade()) - before).toBeGreaterThanOrEqual(3);
  });

  it("does not mail a notification that was deleted meanwhile", async () => {
    const refs = await stage.accept(1);
    await stage.test.database.notification.updateMany({ data: { deletedAt: new Date() } });
    const { smtp } = await startTestWorker();
    await stage.enqueue(refs);
    await whenSettled({ sent: 2 });
    expect(smtp.mails).toHaveLength(0);
  });

  it("delivers rows that were never enqueued, by the sweep", async () => {
    const { smtp } = await startTestWorker();
    await stage.accept(3);
    await whenSettled({ sent: 6 });
    expect(smtp.mails).toHaveLength(3);
  });

  it("delivers no row of a paused queue until it is resumed, also after Redis lost its data", async () => {
    const database = stage.test.database;
    const actor = { kind: "system", name: "test" } as const;
    await pauseQueue({ database }, actor, { queue: "emails" });
    const { smtp } = await startTestWorker();
    await stage.enqueue(await stage.accept(2));
    await stage.redis.stop();
    await stage.redis.start();
    await stage.accept(1);
    await whenSettled({ pending: 3, sent: 3 });
    expect(smtp.mails).toHaveLength(0);
    await resumeQueue({ database, enqueuer: { enqueue: stage.enqueue, close: async () => undefined } }, actor, {
      queue: "emails",
    });
    await whenSettled({ sent: 6 });
    expect(smtp.mails).toHaveLength(3);
  });

  it("delivers rows that were accepted without Redis once an empty Redis is back", async () => {
    const { smtp, worker } = await startTestWorker();
    await stage.enqueue(await stage.accept(1));
    await whenSettled({ sent: 2 });
    await stage.redis.stop();
    const ready = () => fetch(`http://127.0.0.1:${worker.healthPort}/health/ready`);
    const told = async () => {
      const response = await ready();
      return { status: response.status, body: await response.json() };
    };
    await expect
      .poll(told)
      .toMatchObject({ status: 503, body: { data: { checks: { postgresql: "up", redis: "down" } } } });
    await stage.accept(2);
    await stage.redis.start();
    await whenSettled({ sent: 6 });
    expect(smtp.mails).toHaveLength(3);
    await expect.poll(async () => (await ready()).status).toBe(200);
  });

  it("starts without Redis and delivers when Redis comes", async () => {
    await stage.redis.stop();
    const { smtp, worker } = await startTestWorker();
    expect((await fetch(`http://127.0.0.1:${worker.healthPort}/health/live`)).status).toBe(200);
    await stage.accept(1);
    await stage.redis.start();
    await whenSettled({ sent: 2 });
    expect(smtp.mails).toHaveLength(1);
  });
});
