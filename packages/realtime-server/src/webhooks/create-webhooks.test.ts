import { once } from "node:events";
import { connect } from "node:net";
import { createLogger } from "@mgs/core/logger";
import { describe, expect, it, onTestFinished } from "vitest";
import { type App, createAppRegistry, type WebhookTarget } from "../apps";
import { defaultLimits } from "../limits";
import { APP } from "../testing/start-server";
import { startWebhookReceiver, type WebhookReceiver } from "../testing/webhook-receiver";
import { createWebhooks } from "./create-webhooks";
import type { WebhookTimes } from "./webhook-queue";
import type { WebhookEvent } from "./webhooks";

const FAST = { batchMs: 20, firstRetryMs: 5, maxRetryMs: 20 };

/** An app that tells these addresses, and the lines that were logged. */
function start(targets: readonly WebhookTarget[], times: Partial<WebhookTimes> = {}) {
  const lines: string[] = [];
  const logger = createLogger("test", "trace", { write: (line) => void lines.push(line) });
  const webhooks = createWebhooks({ logger, times: { ...FAST, ...times } });
  onTestFinished(() => webhooks.stop(0));
  const keys = [
    { key: APP.key, secret: APP.secret },
    { key: "older", secret: "older-secret" },
  ];
  const app = createAppRegistry([{ id: APP.id, keys, webhooks: targets }], defaultLimits).byId(APP.id) as App;
  const raise = (...events: WebhookEvent[]) => {
    for (const event of events) webhooks.raise(app, event);
  };
  return { webhooks, app, raise, lines };
}

const occupied = (channel: string): WebhookEvent => ({ name: "channel_occupied", channel });
const many = (count: number, prefix = "c"): WebhookEvent[] =>
  Array.from({ length: count }, (_, index) => occupied(`${prefix}${index}`));
const channels = (receiver: WebhookReceiver) => receiver.taken.map(({ channel }) => channel);

/** A port without a listener until the test ends: it is the near end of a connection. */
async function refusingPort(receiver: WebhookReceiver): Promise<number> {
  const socket = connect(Number(new URL(receiver.url).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return Number(socket.localPort);
}

describe("a request", () => {
  it("is JSON with the documented names, signed over its exact bytes by the app's first key", async () => {
    const receiver = await startWebhookReceiver();
    const { raise } = start([{ url: receiver.url, headers: { "x-extra": "1", "x-pusher-key": "forged" } }]);
    const before = Date.now();
    raise({ name: "client_event", channel: "private-é", event: "client-x", data: "{}", socket_id: "1.1" });
    await receiver.took(1);
    const [{ headers, rawBody } = { headers: {}, rawBody: "" }] = receiver.requests;
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-pusher-key": APP.key,
      "x-pusher-signature": expect.stringMatching(/^[0-9a-f]{64}$/),
      "x-extra": "1",
    });
    const { time_ms, ...rest }: { time_ms: number } = JSON.parse(rawBody);
    expect(rest).toEqual({
      events: [{ name: "client_event", channel: "private-é", event: "client-x", data: "{}", socket_id: "1.1" }],
    });
    expect(time_ms).toBeGreaterThanOrEqual(before);
    expect(time_ms).toBeLessThanOrEqual(Date.now());
  });

  it("carries what is raised together, 50 at the most, in its order", async () => {
    const receiver = await startWebhookReceiver();
    const { raise } = start([{ url: receiver.url }]);
    raise(...many(120));
    await receiver.took(120);
    expect(receiver.requests.map(({ events }) => events.length)).toEqual([50, 50, 20]);
    expect(channels(receiver)).toEqual(many(120).map(({ channel }) => channel));
  });

  it("does not wait for company when it is full", async () => {
    const receiver = await startWebhookReceiver();
    const { raise } = start([{ url: receiver.url }], { batchMs: 1_000_000 });
    raise(...many(50));
    await receiver.took(50);
  });
});

describe("an address", () => {
  it("gets the kinds and channels that it asks for", async () => {
    const [presence, all, vacated] = await Promise.all([1, 2, 3].map(() => startWebhookReceiver()));
    if (presence === undefined || all === undefined || vacated === undefined) throw new Error("three");
    const { raise } = start([
      { url: presence.url, channelPrefix: "presence-" },
      { url: all.url },
      { url: vacated.url, events: ["channel_vacated"], channelPrefix: "a" },
    ]);
    raise(occupied("a"), occupied("presence-a"), { name: "channel_vacated", channel: "b" });
    raise({ name: "channel_vacated", channel: "a" });
    await all.took(4);
    await Promise.all([presence.took(1), vacated.took(1)]);
    expect(channels(presence)).toEqual(["presence-a"]);
    expect(vacated.taken).toEqual([{ name: "channel_vacated", channel: "a" }]);
  });

  it.each([404, 500, 301])(
    "that answers %i is asked again with the same bytes, and what came later waits",
    async (status) => {
      const receiver = await startWebhookReceiver((index) =>
        index < 3 ? { status, headers: { location: "/elsewhere" } } : 200,
      );
      const { raise, webhooks } = start([{ url: receiver.url }]);
      raise(occupied("first"));
      await receiver.came(1);
      raise(occupied("second"));
      await receiver.took(2);
      expect(channels(receiver)).toEqual(["first", "second"]);
      expect(new Set(receiver.requests.slice(0, 4).map(({ rawBody }) => rawBody)).size).toBe(1);
      expect(receiver.requests.map(({ path }) => path)).not.toContain("/elsewhere");
      await expect.poll(webhooks.counts).toEqual({ sent: 2, expired: 0, overflowed: 0, failedRequests: 3 });
    },
  );

  it("that does not answer keeps no other one waiting", async () => {
    const [silent, quick] = await Promise.all([startWebhookReceiver(() => "never"), startWebhookReceiver()]);
    const { raise } = start([{ url: silent.url }, { url: quick.url }]);
    raise(occupied("a"));
    await silent.came(1);
    raise(occupied("b"));
    expect((await quick.took(2)).map(({ channel }) => channel)).toEqual(["a", "b"]);
    expect(silent.requests).toHaveLength(1);
  });

  it("that takes nothing for long loses what is old, and gets what is new", async () => {
    let isUp = false;
    const receiver = await startWebhookReceiver(() => (isUp ? 200 : 503));
    const { raise, webhooks, lines } = start([{ url: receiver.url }], { expiryMs: 3_000 });
    raise(occupied("old"));
    await expect.poll(() => webhooks.counts().expired).toBe(1);
    isUp = true;
    raise(occupied("new"));
    expect((await receiver.took(1)).map(({ channel }) => channel)).toEqual(["new"]);
    expect(lines.join("")).toContain("answered 503");
  });

  it("with a full queue loses new events, which are counted and logged once", async () => {
    const receiver = await startWebhookReceiver(() => "never");
    const { raise, webhooks, lines } = start([{ url: receiver.url }]);
    const data = "x".repeat(10_000);
    const event = { name: "client_event", channel: "private-a", event: "client-x", data, socket_id: "1.1" } as const;
    for (let index = 0; index < 1_000; index++) raise(event);
    const { overflowed } = webhooks.counts();
    expect(overflowed).toBeGreaterThan(100);
    expect(overflowed).toBeLessThan(300);
    expect(lines.filter((line) => line.includes("too many wait"))).toHaveLength(1);
  });

  it("without a server, or that is no address, harms nothing", async () => {
    const receiver = await startWebhookReceiver();
    const nobody = `http://127.0.0.1:${await refusingPort(receiver)}/x?token=hidden`;
    const targets = [nobody, "https://user:hidden@127.0.0.1/", "nonsense", receiver.url];
    const { raise, webhooks, lines } = start(targets.map((url) => ({ url, headers: { authorization: "hidden" } })));
    raise(occupied("a"));
    await receiver.took(1);
    await expect.poll(() => webhooks.counts().failedRequests).toBeGreaterThanOrEqual(3);
    await webhooks.stop(10);
    expect(lines.join("")).toContain("ECONNREFUSED");
    expect(lines.join("")).toContain("no address that can be posted to");
    expect(lines.join("")).not.toMatch(/hidden|mgs-secret|[0-9a-f]{64}/);
  });
});

it("a rotated key signs from the next request on", async () => {
  let isUp = false;
  const receiver = await startWebhookReceiver(() => (isUp ? 200 : 503));
  const { raise, app } = start([{ url: receiver.url }]);
  app.keys = [{ key: "retired", secret: "retired" }, ...app.keys];
  raise(occupied("a"));
  await receiver.came(2);
  expect(receiver.requests[0]?.headers["x-pusher-key"]).toBe("retired");
  isUp = true;
  app.keys = app.keys.slice(1);
  await receiver.took(1);
});

describe("at the end", () => {
  it("queued events are sent without delay, and no new one is accepted", async () => {
    const receiver = await startWebhookReceiver();
    const { raise, webhooks } = start([{ url: receiver.url }], { batchMs: 1_000_000 });
    raise(occupied("a"), occupied("b"));
    await webhooks.stop(10_000);
    raise(occupied("c"));
    expect(channels(receiver)).toEqual(["a", "b"]);
  });

  it("an event that waits for its next try is tried at once", async () => {
    const receiver = await startWebhookReceiver((index) => (index === 0 ? 500 : 200));
    const { raise, webhooks } = start([{ url: receiver.url }], { firstRetryMs: 1_000_000, maxRetryMs: 1_000_000 });
    raise(occupied("a"));
    await expect.poll(() => webhooks.counts().failedRequests).toBe(1);
    await webhooks.stop(10_000);
    expect(channels(receiver)).toEqual(["a"]);
  });

  it("an event that is not delivered within the time given is counted as lost", async () => {
    const receiver = await startWebhookReceiver(() => "never");
    const { raise, webhooks, lines } = start([{ url: receiver.url }]);
    raise(...many(60));
    await receiver.came(1);
    await webhooks.stop(50);
    expect(webhooks.counts()).toMatchObject({ sent: 0, expired: 60 });
    expect(lines.join("")).toContain('"events":60');
  });
});
