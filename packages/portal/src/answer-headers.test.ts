import { expect, it } from "vitest";
import { createAnswerHeaders } from "./answer-headers";

const connectSources = (host: string | null, port: number | null, tls: boolean): string | undefined => {
  const pusher = { key: "key", cluster: "eu", host, port, tls };
  const { policy } = createAnswerHeaders(
    { pusher, formAction: () => [], origin: "http://portal.test", development: false },
    "/",
  );
  return /connect-src ([^;]+)/.exec(policy)?.[1];
};

it.each([
  ["a server without TLS", "127.0.0.1", 6001, false, "'self' ws://127.0.0.1:6001 http://127.0.0.1:6001"],
  ["a server with TLS", "ws.example.mg", null, true, "'self' wss://ws.example.mg https://ws.example.mg"],
  ["hosted Pusher", null, null, true, "'self' wss://ws-eu.pusher.com https://sockjs-eu.pusher.com"],
])("connect-src allows %s by WebSocket and by HTTP, and no other origin", (_server, host, port, tls, expected) => {
  expect(connectSources(host, port, tls)).toBe(expected);
});
