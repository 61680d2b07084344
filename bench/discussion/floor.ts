import { once } from "node:events";
import { WebSocket } from "ws";
import { startFloor } from "../children";
import { createRequest } from "../connection";
import { FIRST_PERSON_ID, type World } from "../world";
import { type DiscussionSide, PEOPLE_PER_RECORD } from "./side";

/** One commit, one job of BullMQ to another process, and one `ws` frame for each socket of the record. */
export async function openDiscussionFloor(world: World, personCount: number): Promise<DiscussionSide> {
  const push = await startFloor("push.ts", { REDIS_URL: world.redisUrl });
  const accept = await startFloor("accept.ts", { DATABASE_URL: world.floorDatabaseUrl, REDIS_URL: world.redisUrl });
  const recordOf = (person: number) => FIRST_PERSON_ID + Math.floor(person / PEOPLE_PER_RECORD);
  let hear: (id: string, person: number) => void = () => undefined;
  const sockets: WebSocket[] = [];
  for (let person = 0; person < personCount; person++) {
    const socket = new WebSocket(`ws://127.0.0.1:${push.port}/${recordOf(person)}`);
    socket.on("message", (frame) =>
      hear((JSON.parse(frame.toString()) as { data: { message: string } }).data.message, person),
    );
    await once(socket, "open");
    sockets.push(socket);
  }
  return {
    port: accept.port,
    write(person, id) {
      const body = JSON.stringify({
        user_id: recordOf(person),
        type: "x",
        titre: "Commentaire",
        message: id,
        url: "/x",
      });
      return { request: createRequest({ method: "POST", path: "/", body }), status: 201 };
    },
    onSeen(listener) {
      hear = listener;
    },
    async stop() {
      for (const socket of sockets) socket.terminate();
      await Promise.all([accept.stop(), push.stop()]);
    },
  };
}
