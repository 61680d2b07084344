import { expect, it } from "vitest";
import { answerMember, startBackEnd, startSocketIo } from "../testing/laravel-back-end";
import { createClient, nextEvent, subscribed } from "../testing/library-client";
import { createEcho, hear, SOCKET_IO_KINDS } from "../testing/socket-io-echo";
import type { TestServer } from "../testing/start-server";

const isSubscribed = async ({ server }: TestServer, count: number): Promise<void> => {
  await expect.poll(() => server.statistics().channels).toBe(count);
};

it.each(SOCKET_IO_KINDS)("socket.io-client $version by $transport hears a public channel", async (kind) => {
  const test = await startSocketIo(await startBackEnd());
  const echo = createEcho(test.port, kind);
  const heard = hear((callback) => echo.channel("news").listen(".Published", callback));
  await isSubscribed(test, 1);
  await test.publisher.trigger("news", "Published", { title: "Salama", ids: [1, 2] });
  expect(await heard).toEqual({ title: "Salama", ids: [1, 2] });
});

it.each(SOCKET_IO_KINDS)(
  "socket.io-client $version by $transport asks the back end for a private channel",
  async (kind) => {
    const backEnd = await startBackEnd();
    const test = await startSocketIo(backEnd);
    const echo = createEcho(test.port, kind);
    const heard = hear((callback) => echo.private("user.1").listen("PaymentStatusUpdated", callback));
    await isSubscribed(test, 1);
    await test.publisher.trigger("private-user.1", "App\\Events\\PaymentStatusUpdated", { status: "paid" });
    expect(await heard).toEqual({ status: "paid" });
    const [question] = backEnd.questions;
    expect(Object.fromEntries(question?.form ?? [])).toEqual({
      channel_name: "private-user.1",
      socket_id: echo.socketId(),
    });
    expect(question?.headers).toMatchObject({
      authorization: "Bearer 1:Voahangy",
      "x-requested-with": "XMLHttpRequest",
    });
  },
);

it.each(SOCKET_IO_KINDS)(
  "socket.io-client $version by $transport and pusher-js meet in a presence channel",
  async (kind) => {
    const test = await startSocketIo(await startBackEnd(answerMember));
    const pusher = createClient(test, { id: "9", name: "Tojo" });
    const here = pusher.subscribe("presence-room");
    await nextEvent(here, "pusher:subscription_succeeded");
    const added = nextEvent(here, "pusher:member_added");

    const echo = createEcho(test.port, kind, { person: "7:Rado" });
    const room = echo.join("room");
    const people = await hear<unknown[]>((callback) => room.here(callback));
    expect(people).toEqual(expect.arrayContaining([{ name: "Tojo" }, { name: "Rado" }]));
    expect(await added).toMatchObject({ id: "7", info: { name: "Rado" } });

    const joining = hear((callback) => room.joining(callback));
    const third = createClient(test, { id: "11", name: "Haja" });
    await subscribed(third, "presence-room");
    expect(await joining).toEqual({ name: "Haja" });

    const leaving = hear((callback) => room.leaving(callback));
    third.disconnect();
    expect(await leaving).toEqual({ name: "Haja" });

    const removed = nextEvent(here, "pusher:member_removed");
    echo.leave("room");
    expect(await removed).toMatchObject({ id: "7" });
  },
);

it.each(SOCKET_IO_KINDS)(
  "whispers go both ways between socket.io-client $version by $transport and pusher-js",
  async (kind) => {
    const test = await startSocketIo(await startBackEnd());
    const pusher = createClient(test);
    const channel = pusher.subscribe("private-chat");
    await nextEvent(channel, "pusher:subscription_succeeded");
    const echo = createEcho(test.port, kind);
    const chat = echo.private("chat");
    const typing = hear((callback) => chat.listenForWhisper("typing", callback));
    await expect.poll(async () => (await listSubscriptions(test, "private-chat")).subscription_count).toBe(2);
    channel.trigger("client-typing", { name: "Tojo" });
    expect(await typing).toEqual({ name: "Tojo" });
    const heard = nextEvent(channel, "client-typing");
    chat.whisper("typing", { name: "Rado" });
    expect(await heard).toEqual({ name: "Rado" });
  },
);

const listSubscriptions = async (
  { publisher }: TestServer,
  channel: string,
): Promise<{ subscription_count: number }> => {
  const response = await publisher.get({ path: `/channels/${channel}`, params: { info: "subscription_count" } });
  return response.json() as Promise<{ subscription_count: number }>;
};

it.each(SOCKET_IO_KINDS)(
  "an event is kept from the socket that caused it: socket.io-client $version by $transport",
  async (kind) => {
    const test = await startSocketIo(await startBackEnd());
    const [own, other] = [
      createEcho(test.port, kind, { person: "1:A" }),
      createEcho(test.port, kind, { person: "2:B" }),
    ];
    const events: string[] = [];
    own.channel("news").listen(".Saved", () => events.push("own"));
    const heard = hear((callback) => other.channel("news").listen(".Saved", callback));
    const last = hear((callback) => own.channel("news").listen(".Last", callback));
    await expect.poll(async () => (await listSubscriptions(test, "news")).subscription_count).toBe(2);
    expect(own.socketId()).toMatch(/^\d+\.\d+$/);
    await test.publisher.trigger("news", "Saved", {}, { socket_id: own.socketId() ?? "" });
    await test.publisher.trigger("news", "Last", {});
    await Promise.all([heard, last]);
    expect(events).toEqual([]);
  },
);
