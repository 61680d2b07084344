// Floor of a realtime server: `ws`, with JSON.stringify and a send for each client. POST /publish { channel, … }.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { reportReady } from "../children";

const channels = new Map<string, Set<WebSocket>>();
const http = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const { channel, name, data } = JSON.parse(body);
    for (const socket of channels.get(channel) ?? []) socket.send(JSON.stringify({ event: name, channel, data }));
    response.setHeader("content-type", "application/json").end("{}");
  });
});
new WebSocketServer({ server: http, perMessageDeflate: false }).on("connection", (socket, request) => {
  const channel = request.url?.slice(1) ?? "";
  const subscribers = channels.get(channel) ?? new Set();
  channels.set(channel, subscribers.add(socket));
  socket.on("close", () => subscribers.delete(socket));
  socket.send("ready");
});
http.listen(0, "127.0.0.1", () => reportReady((http.address() as AddressInfo).port));
