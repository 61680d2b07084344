import { describe, expect, it } from "vitest";
import { sendTestEvent } from "./send-test-event";
import { ADMIN, audited, deps, open, publisherAt, useStage } from "./testing/stage";

useStage();

describe("a test event", () => {
  it.each([
    ['{ "a": [1, "é"] }', { a: [1, "é"] }],
    ['"text"', "text"],
    ["12", 12],
  ])("%s arrives as it is, and is in the audit log without its data", async (data, received) => {
    const { client } = await open(1, ["news"]);
    const arrived = new Promise((resolve) => client.channel("news").bind("mgs.test", resolve));
    expect(await sendTestEvent(deps(), ADMIN, { channel: "news", event: "mgs.test", data })).toEqual({
      channel: "news",
      event: "mgs.test",
      subscriptions: 1,
    });
    expect(await arrived).toEqual(received);
    const bytes = Buffer.byteLength(data);
    expect(await audited()).toEqual([["user:1", "realtime.event-sent", "news", { event: "mgs.test", bytes }]]);
  });

  it("is published once when its answer was lost, and again with another key or after a failure", async () => {
    const { client } = await open(1, ["news"]);
    const received: unknown[] = [];
    client.channel("news").bind("mgs.test", (data: unknown) => received.push(data));
    const send = (data: string, idempotencyKey: string, to?: ReturnType<typeof deps>) =>
      sendTestEvent(to ?? deps(), ADMIN, { channel: "news", event: "mgs.test", data }, { idempotencyKey });
    const away = deps(publisherAt(1));
    await expect(send("1", "a", away)).rejects.toMatchObject({ code: "REALTIME_AWAY" });
    // A failed call is repeated; two concurrent calls publish once.
    const repeated = await Promise.all([send("1", "a"), send("1", "a")]);
    expect(repeated.map(({ subscriptions }) => subscriptions)).toEqual([1, 1]);
    await send("1", "a");
    await send("1", "b");
    await send("2", "b");
    await expect.poll(() => received).toEqual([1, 1, 2]);
    // The failed call and its failure, and the three that went out.
    expect((await audited()).map(([, action]) => action)).toEqual([
      "realtime.event-sent",
      "realtime.event-failed",
      "realtime.event-sent",
      "realtime.event-sent",
      "realtime.event-sent",
    ]);
  });

  it.each([
    ["no channel", { channel: "" }, "channel", "INVALID_CHANNEL"],
    ["an accent in the channel", { channel: "é" }, "channel", "INVALID_CHANNEL"],
    ["a user for a channel", { channel: "#server-to-user-1" }, "channel", "INVALID_CHANNEL"],
    ["an encrypted channel", { channel: "private-encrypted-a" }, "channel", "ENCRYPTED_CHANNEL"],
    ["no event", { event: "" }, "event", "REQUIRED"],
    ["a long event", { event: "x".repeat(201) }, "event", "TOO_LONG"],
    ["an event of the protocol", { event: "pusher:error" }, "event", "RESERVED_EVENT"],
    ["an inner event of the protocol", { event: "pusher_internal:member_added" }, "event", "RESERVED_EVENT"],
    ["no data", { data: " " }, "data", "REQUIRED"],
    ["broken data", { data: "{" }, "data", "INVALID_JSON"],
    ["long data", { data: JSON.stringify("é".repeat(5_200)) }, "data", "TOO_LONG"],
  ])("%s is refused at its field, and nothing is written", async (_what, wrong, path, message) => {
    const input = { channel: "news", event: "mgs.test", data: "{}", ...wrong };
    await expect(sendTestEvent(deps(), ADMIN, input)).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path, message }],
    });
    expect(await audited()).toEqual([]);
  });
});
