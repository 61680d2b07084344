import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { startFloor } from "../children";
import { createRequest } from "../connection";
import { FIRST_PERSON_ID, type World } from "../world";
import type { Device, RevocationSide } from "./side";

/** One commit, one call over HTTP and one frame; the device's next request is one look-up in a process of its own. */
export async function openRevocationFloor({ floorDatabase, floorDatabaseUrl }: World): Promise<RevocationSide> {
  const push = await startFloor("revoke-push.ts", {});
  const env = { DATABASE_URL: floorDatabaseUrl, PUSH_PORT: String(push.port) };
  const [revoking, pages] = await Promise.all([startFloor("revoke.ts", env), startFloor("revoke.ts", env)]);
  const live: { device: Device; socket: WebSocket }[] = [];

  async function signIn(): Promise<void> {
    const id = randomUUID();
    await floorDatabase.query(
      "INSERT INTO user_sessions (id, user_id, oidc_session_uid) VALUES ($1::uuid, $2, $1::uuid::text)",
      [id, FIRST_PERSON_ID],
    );
    const socket = new WebSocket(`ws://127.0.0.1:${push.port}/${id}`);
    const told = new Promise<number>((resolve) => socket.on("message", () => resolve(performance.now())));
    const closed = new Promise<number>((resolve) => socket.on("close", () => resolve(performance.now())));
    await new Promise<void>((resolve, reject) => {
      socket.once("open", () => resolve());
      socket.once("error", reject);
    });
    const look = createRequest({ method: "GET", path: `/${id}` });
    live.push({ device: { id, ask: (connection) => connection.ask(look), told, closed }, socket });
  }

  return {
    pagePort: pages.port,
    revokePort: revoking.port,
    async prepare(count) {
      while (live.length < count) await signIn();
    },
    take() {
      const taken = live.shift();
      if (!taken) throw new Error("no device is live");
      const request = createRequest({ method: "POST", path: `/${taken.device.id}` });
      return {
        device: taken.device,
        async revoke(connection) {
          const { status } = await connection.ask(request);
          if (status !== 200) throw new Error(`a revocation was answered ${status}`);
        },
      };
    },
    async stop() {
      for (const { socket } of live) socket.terminate();
      await Promise.all([revoking.stop(), pages.stop(), push.stop()]);
    },
  };
}
