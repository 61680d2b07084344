import Echo from "laravel-echo";
import { expect, it } from "vitest";
import { createClient } from "./testing/library-client";
import { startServer, type TestServer } from "./testing/start-server";

const createEcho = (server: TestServer, id = "1") =>
  new Echo({ broadcaster: "pusher", client: createClient(server, { id, name: `user ${id}` }), key: server.app.key });

it("Echo.private('App.Models.User.1').notification() hears a broadcast notification", async () => {
  const server = await startServer();
  const channel = createEcho(server).private("App.Models.User.1");
  const received = new Promise((resolve) => channel.notification(resolve));
  await new Promise<void>((resolve) => channel.subscribed(() => resolve()));
  const notification = {
    id: "0192",
    type: "test_commercial",
    titre: "Notification",
    message: "Bonjour",
    unread_count: 3,
  };
  await server.publisher.trigger(
    "private-App.Models.User.1",
    "Illuminate\\Notifications\\Events\\BroadcastNotificationCreated",
    notification,
  );
  expect(await received).toEqual(notification);
});

it("Echo.channel().listen() adds its default namespace to the event", async () => {
  const server = await startServer();
  const channel = createEcho(server).channel("conversation.5");
  const received = new Promise((resolve) => channel.listen("NewMessageEvent", resolve));
  await new Promise<void>((resolve) => channel.subscribed(() => resolve()));
  await server.publisher.trigger("conversation.5", "App\\Events\\NewMessageEvent", { body: "Salama" });
  expect(await received).toEqual({ body: "Salama" });
});

it("Echo.join() tells who is here, who joins and who leaves; whisper reaches the others", async () => {
  const server = await startServer();
  const first = createEcho(server).join("room");
  const here = await new Promise((resolve) => first.here(resolve));
  expect(here).toEqual([{ name: "user 1" }]);

  const joining = new Promise((resolve) => first.joining(resolve));
  const leaving = new Promise((resolve) => first.leaving(resolve));
  const whispered = new Promise((resolve) => first.listenForWhisper("typing", resolve));
  const other = createEcho(server, "2");
  const second = other.join("room");
  await new Promise((resolve) => second.here(resolve));
  expect(await joining).toEqual({ name: "user 2" });
  second.whisper("typing", { dossier: 7 });
  expect(await whispered).toEqual({ dossier: 7 });
  other.leave("room");
  expect(await leaving).toEqual({ name: "user 2" });
});
