import { createSealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createPublisher, type Publisher } from "@mgs/realtime/server";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import { afterAll, beforeAll, onTestFinished } from "vitest";

export const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));
export const noEnqueuer = { enqueue: async () => true, close: async () => undefined };

/** A database and a realtime server, for tests of who may listen and how long. */
export function useRealtimeStage() {
  let test: TestDatabase;
  let realtime: RealtimeServer;
  let publisher: Publisher;
  beforeAll(async () => {
    test = await createTestDatabase();
    realtime = createRealtimeServer({
      apps: [{ id: "mgs", keys: [{ key: "key", secret: "secret" }] }],
      host: "127.0.0.1",
    });
    await realtime.listen(0);
    publisher = createPublisher({
      ...{ PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "key", PUSHER_APP_SECRET: "secret", PUSHER_APP_CLUSTER: "" },
      ...{ PUSHER_HOST: "127.0.0.1", PUSHER_PORT: realtime.port, PUSHER_SCHEME: "http" },
    });
  });
  afterAll(async () => {
    await realtime.close();
    await test.drop();
  });

  return {
    get database(): Database {
      return test.database;
    },
    get publisher(): Publisher {
      return publisher;
    },
    /** Opens a socket, which has not signed in and closes with the test. */
    async connect(): Promise<{ socketId: string; closed: Promise<number> }> {
      const socket = new WebSocket(`ws://127.0.0.1:${realtime.port}/app/key?protocol=7`);
      onTestFinished(() => socket.close());
      const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
      const socketId = await new Promise<string>((resolve) => {
        const greeted = ({ data }: MessageEvent) => resolve(JSON.parse(JSON.parse(String(data)).data).socket_id);
        socket.addEventListener("message", greeted, { once: true });
      });
      return { socketId, closed };
    },
  };
}
