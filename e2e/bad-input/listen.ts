import { readTestedInstance } from "../../tooling/src/testing/e2e-setup";

/** A connection to the realtime server without a client library, for one private channel. */
export type Listener = { event(name: string): Promise<unknown>; close(): void };

/** Joins a channel with the signature that `authorize` returns for the socket. */
export async function listen(
  channel: string,
  appKey: string,
  authorize: (socketId: string) => Promise<string>,
): Promise<Listener> {
  const socket = new WebSocket(`ws://127.0.0.1:${readTestedInstance().ports.realtime}/app/${appKey}?protocol=7`);
  const arrived: { event: string; data: unknown }[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener("message", ({ data }) => {
    const frame = JSON.parse(String(data)) as { event: string; data: unknown };
    arrived.push({ event: frame.event, data: typeof frame.data === "string" ? JSON.parse(frame.data) : frame.data });
    for (const wake of waiting) wake();
  });
  const event = (name: string) =>
    new Promise<unknown>((resolve) => {
      const check = () => {
        const found = arrived.find((frame) => frame.event === name);
        if (!found) return;
        waiting.delete(check);
        resolve(found.data);
      };
      waiting.add(check);
      check();
    });
  const { socket_id } = (await event("pusher:connection_established")) as { socket_id: string };
  socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel, auth: await authorize(socket_id) } }));
  await event("pusher_internal:subscription_succeeded");
  return { event, close: () => socket.close() };
}
