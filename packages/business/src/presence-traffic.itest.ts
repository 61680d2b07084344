import { presenceChannel } from "@mgs/messaging/channels";
import { sweepPresence } from "@mgs/messaging/presence/sweep-presence";
import { useMessagingStage } from "@mgs/messaging/testing/use-messaging-stage";
import { EVENTS } from "@mgs/realtime/names";
import { createPublisher } from "@mgs/realtime/server";
import { createClient, nextEvent, subscribed } from "@mgs/realtime-server/testing/library-client";
import { startServer } from "@mgs/realtime-server/testing/start-server";
import { expect, it } from "vitest";

const stage = useMessagingStage();
const PEOPLE = 1_000;
const ON_SCREEN = 10;

it("a page that shows ten of a thousand people hears of those ten alone, when all of them come and when all leave", {
  timeout: 120_000,
}, async () => {
  const server = await startServer();
  const publisher = createPublisher({
    ...{ PUSHER_APP_ID: server.app.id, PUSHER_APP_KEY: server.app.key, PUSHER_APP_SECRET: server.app.secret },
    ...{ PUSHER_APP_CLUSTER: "", PUSHER_HOST: "127.0.0.1", PUSHER_PORT: server.port, PUSHER_SCHEME: "http" },
  });
  await stage.database.user.createMany({
    data: Array.from({ length: PEOPLE }, (_, index) => ({
      ...{ name: `Personne ${index}`, email: `p${index}@mgs.mg`, role: "commercial", passwordHash: "" },
    })),
  });
  const users = await stage.database.user.findMany({ where: { role: "commercial" }, select: { id: true } });
  const ids = users.map(({ id }) => id);
  expect(ids.length).toBe(PEOPLE);
  const page = createClient(server);
  const marker = "private-App.Models.User.1";
  for (const id of ids.slice(0, ON_SCREEN)) await subscribed(page, `private-${presenceChannel(id)}`);
  await subscribed(page, marker);

  /** What comes to the page while a sweep tells of everybody, up to an event that is sent after all of it. */
  async function hear(there: readonly number[]): Promise<{ told: number; frames: number; others: number }> {
    const frames: { event: string }[] = [];
    const listen = (frame: { event: string }) => frames.push(frame);
    page.connection.bind("message", listen);
    const told = await sweepPresence(
      {
        database: stage.database,
        publisher: {
          triggerAll: publisher.triggerAll,
          read: async (path) =>
            path === "/channels" ? { channels: {} } : { users: there.map((id) => ({ id: String(id) })) },
        },
      },
      stage.deps().clock.now(),
    );
    const end = nextEvent(page.channel(marker), "end");
    await publisher.trigger(marker, "end", {});
    await end;
    page.connection.unbind("message", listen);
    const others = frames.filter(({ event }) => event !== EVENTS.presenceChanged).length;
    return { told, frames: frames.length, others };
  }
  // One frame for each person on screen, and the marker.
  const wanted = { told: PEOPLE, frames: ON_SCREEN + 1, others: 1 };
  expect(await hear(ids)).toEqual(wanted);
  expect(await hear(ids)).toEqual({ told: 0, frames: 1, others: 1 });
  expect(await hear([])).toEqual(wanted);
});
