// Floor of a delivery: the other process. One BullMQ job becomes one `ws` frame for the sockets of one person.
import type { AddressInfo } from "node:net";
import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { type WebSocket, WebSocketServer } from "ws";
import { reportReady } from "../children";

const sockets = new Map<number, Set<WebSocket>>();
const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
server.on("connection", (socket, request) => {
  const user = Number(request.url?.slice(1));
  const own = sockets.get(user) ?? new Set();
  sockets.set(user, own.add(socket));
  socket.on("close", () => own.delete(socket));
});
const connection = new Redis(process.env.REDIS_URL ?? "", { maxRetriesPerRequest: null });
new Worker<{ user_id: number }>(
  "floor",
  async ({ data }) => {
    const frame = JSON.stringify({ data });
    for (const socket of sockets.get(data.user_id) ?? []) socket.send(frame);
  },
  { connection: connection as never, concurrency: 10 },
);
server.on("listening", () => reportReady((server.address() as AddressInfo).port));
