import { createLogger } from "@mgs/core/logger";
import { describe, expect, it } from "vitest";
import { createClient, nextEvent, subscribed } from "../testing/library-client";
import { startServer } from "../testing/start-server";
import { maskFrame } from "./mask-frame";

describe("a printed frame", () => {
  it.each([
    [
      { event: "pusher:subscribe", data: { channel: "private-a", auth: "key:0123abcd" } },
      { event: "pusher:subscribe", data: { channel: "private-a", auth: "key:[hidden]" } },
    ],
    [
      { event: "pusher:subscribe", data: { channel: "presence-a", auth: "no colon", channel_data: '{"user_id":"1"}' } },
      { event: "pusher:subscribe", data: { channel: "presence-a", auth: "[hidden]", channel_data: '{"user_id":"1"}' } },
    ],
    [
      { event: "pusher:signin", data: { auth: "key:ab", user_data: '{"id":"1"}' } },
      { event: "pusher:signin", data: { auth: "key:[hidden]", user_data: "[hidden]" } },
    ],
    [
      { event: "pusher:signin", data: '{"auth":"key:ab","user_data":"x"}' },
      { event: "pusher:signin", data: '{"auth":"key:[hidden]","user_data":"[hidden]"}' },
    ],
    [
      { event: "pusher:subscribe", data: { channel: "private-encrypted-a", auth: "k:ab", shared_secret: "s" } },
      {
        event: "pusher:subscribe",
        data: { channel: "private-encrypted-a", auth: "k:[hidden]", shared_secret: "[hidden]" },
      },
    ],
    [
      { event: "created", channel: "private-encrypted-a", data: '{"nonce":"n","ciphertext":"c"}' },
      { event: "created", channel: "private-encrypted-a", data: '{"nonce":"n","ciphertext":"c"}' },
    ],
    [
      { event: "client-typing", channel: "private-a", data: { token: "the app's own" } },
      { event: "client-typing", channel: "private-a", data: { token: "the app's own" } },
    ],
  ])("%j", (frame, expected) => {
    expect(JSON.parse(maskFrame(JSON.stringify(frame)))).toEqual(expected);
  });

  it("is its length alone when it is no JSON", () => {
    expect(maskFrame("secret without form")).toBe("19 characters that are no JSON object");
  });
});

async function conversation(debug: boolean): Promise<string[]> {
  const lines: string[] = [];
  const logger = createLogger("test", "info", { write: (line) => void lines.push(line) });
  const server = await startServer({ options: { debug, logger } });
  const client = createClient(server);
  client.signin();
  await nextEvent(client.connection, "connected");
  await client.user.signinDonePromise;
  await subscribed(client, "private-a");
  const received = nextEvent(client.channel("private-a"), "created");
  await server.publisher.trigger("private-a", "created", { titre: "Salama" });
  await received;
  return lines;
}

it("prints frames in and out with their socket, and no signature", async () => {
  const lines = await conversation(true);
  const frames = lines
    .map((line): { msg: string; socketId: string; appId: string; frame: string } => JSON.parse(line))
    .filter(({ msg }) => msg !== "published");
  const events = frames.map(({ msg, frame }) => `${msg} ${JSON.parse(frame ?? "{}").event}`);
  expect(events).toEqual(
    expect.arrayContaining([
      "frame out pusher:connection_established",
      "frame in pusher:signin",
      "frame out pusher:signin_success",
      "frame in pusher:subscribe",
      "frame out pusher_internal:subscription_succeeded",
      "frame out created",
    ]),
  );
  expect(new Set(frames.map(({ appId }) => appId))).toEqual(new Set(["mgs"]));
  expect(frames.every(({ socketId }) => /^\d+\.\d+$/.test(socketId))).toBe(true);
  expect(lines.join("")).not.toMatch(/[0-9a-f]{64}|Rado/);
  expect(lines.join("")).toContain("Salama");
});

it("prints no frame unless debugging is on", async () => {
  expect((await conversation(false)).map((line) => JSON.parse(line).msg)).toEqual(["published"]);
});
