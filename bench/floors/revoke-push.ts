// Floor of a revocation: the process with the sockets. A POST tells the socket of a sign-in and closes it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { reportReady } from "../children";

const sockets = new Map<string, WebSocket>();
const server = createServer((request, response) => {
  request.resume();
  const socket = sockets.get(request.url ?? "");
  socket?.send(JSON.stringify({ event: "session.ended", data: { reason: "deactivated" } }));
  socket?.close(4009);
  response.writeHead(200, { "content-length": 0 }).end();
});
server.keepAliveTimeout = 60_000;
new WebSocketServer({ server }).on("connection", (socket, request) => sockets.set(request.url ?? "", socket));
server.listen(0, "127.0.0.1", () => reportReady((server.address() as AddressInfo).port));
