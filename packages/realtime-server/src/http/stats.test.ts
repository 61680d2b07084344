import { expect, it, onTestFinished } from "vitest";
import { createRealtimeServer } from "../server";
import { RawClient } from "../testing/raw-client";
import { APP, createPublisher, startServer } from "../testing/start-server";

it("says what the app has open, and what went through it", async () => {
  const { port, publisher } = await startServer();
  const [one, two] = [await RawClient.connect(port), await RawClient.connect(port)];
  await one.join("a");
  await two.join("a");
  await two.join("b");
  one.signin(JSON.stringify({ id: "1" }));
  await one.next("pusher:signin_success");
  await publisher.trigger("a", "created", {});
  await publisher.trigger("nobody", "created", {});
  await Promise.all([one, two].map((client) => client.next("created")));

  const read = async () => (await publisher.get({ path: "/stats" })).json();
  const before = await read();
  expect(before).toEqual({
    app_id: APP.id,
    replicas: [
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        host: expect.any(String),
        pid: process.pid,
        version: expect.any(String),
        started_at: expect.stringMatching(/^\d{4}-.*Z$/),
        uptime_seconds: expect.any(Number),
        connections: 2,
        channels: 2,
        users: 1,
        published: 2,
        delivered: 2,
        messages_in: 4,
        messages_out: expect.any(Number),
        bytes_out: expect.any(Number),
        slow_clients_closed: 0,
        memory_rss: expect.any(Number),
      },
    ],
  });
  await publisher.trigger("a", "again", {});
  await Promise.all([one, two].map((client) => client.next("again")));
  const [earlier, later] = [before.replicas[0], (await read()).replicas[0]];
  expect(later).toMatchObject({ id: earlier.id, published: 3, delivered: 4, messages_out: earlier.messages_out + 2 });
  expect(later.bytes_out).toBeGreaterThan(earlier.bytes_out);
});

it("says nothing of another app, and nothing without a signature", async () => {
  const other = { id: "other", key: "other-key", secret: "other-secret" };
  const apps = [APP, other].map(({ id, ...key }) => ({ id, keys: [key] }));
  const server = createRealtimeServer({ apps });
  await server.listen(0);
  onTestFinished(() => server.close());
  const client = await RawClient.connect(server.port);
  await client.join("a");
  await createPublisher(APP, server.port).trigger("a", "created", {});
  const theirs = await (await createPublisher(other, server.port).get({ path: "/stats" })).json();
  expect(theirs.replicas[0]).toMatchObject({ connections: 0, channels: 0, users: 0, published: 0, messages_out: 0 });
  const foreign = createPublisher({ ...other, id: APP.id }, server.port);
  await expect(foreign.get({ path: "/stats" })).rejects.toMatchObject({ status: 401 });
  expect((await fetch(`http://127.0.0.1:${server.port}/apps/${APP.id}/stats`)).status).toBe(401);
});
