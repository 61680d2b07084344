import fc from "fast-check";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { startBackEnd, startSocketIo } from "../testing/laravel-back-end";
import { LONG_TIMEOUT_MS, PROPERTY_RUNS } from "../testing/long-runs";
import { connectSocketIo } from "../testing/socket-io-client";

/** Each case is a connection of its own, or several requests. */
const RUNS = PROPERTY_RUNS / 10;
const CHANNELS = ["a", "private-a", "presence-a", "private-encrypted-a", "cache-a", "__proto__", "constructor", ""];
const anyText = fc.string({ unit: "binary", maxLength: 40 });
const channel = fc.oneof(fc.constantFrom(...CHANNELS), anyText, fc.jsonValue());
const request = fc.oneof(
  fc.record({ channel, auth: fc.oneof(fc.jsonValue(), fc.record({ headers: fc.jsonValue() })) }, { requiredKeys: [] }),
  fc.record({
    channel,
    event: fc.oneof(fc.constantFrom("client-x", "pusher:subscribe"), anyText),
    data: fc.jsonValue(),
  }),
  fc.jsonValue(),
);
const EVENTS = [
  "subscribe",
  "unsubscribe",
  "client event",
  "connect",
  "disconnect",
  "constructor",
  "__proto__",
  "error",
];
const event = fc.tuple(fc.oneof(fc.constantFrom(...EVENTS), anyText), request);
const DEEP = `42["client event",{"channel":"private-a","event":"client-x","data":${"[".repeat(20_000)}${"]".repeat(20_000)}}]`;

/** Packets of engine.io: events by the rules, with acknowledgements, with attachments that never come, and anything. */
const packet = fc.oneof(
  event.map((parts) => `42${JSON.stringify(parts)}`),
  fc.tuple(fc.nat(), event).map(([id, parts]) => `42${id}${JSON.stringify(parts)}`),
  fc.tuple(fc.nat(20), event).map(([count, parts]) => `45${count}-${JSON.stringify(parts)}`),
  fc.tuple(fc.nat(9), fc.nat(9), anyText).map(([engine, socket, text]) => `${engine}${socket}${text}`),
  fc.constantFrom("40", "40/admin,", "41", "43[]", "44{}", "2", "3", "5", "6", "1", "b4AAAA", "", DEEP),
  anyText,
);

it(
  "no packet of a client by WebSocket stops the server",
  async () => {
    const test = await startSocketIo(await startBackEnd());
    const witness = await connectSocketIo(test.port);
    await fc.assert(
      fc.asyncProperty(fc.array(packet, { maxLength: 30 }), fc.constantFrom(3, 4), async (packets, version) => {
        const ws = new WebSocket(`ws://127.0.0.1:${test.port}/socket.io/?EIO=${version}&transport=websocket`);
        const ended = new Promise<void>((resolve) => ws.once("close", () => resolve()));
        ws.on("error", () => undefined);
        await new Promise((resolve) => ws.once("open", resolve));
        for (const text of ["40", ...packets]) ws.send(text);
        ws.close();
        await ended;
        await witness.settled();
      }),
      { numRuns: RUNS },
    );
    await expect.poll(() => test.server.statistics().connections).toBe(1);
  },
  LONG_TIMEOUT_MS,
);

it(
  "no request of polling stops the server, or is answered with 500",
  async () => {
    const test = await startSocketIo(await startBackEnd());
    const url = `http://127.0.0.1:${test.port}/socket.io/`;
    const witness = await connectSocketIo(test.port);
    const value = fc.oneof(
      fc.constantFrom("3", "4", "polling", "websocket", "webtransport", "constructor", "1.1"),
      anyText,
    );
    const query = fc.record({ EIO: value, transport: value, sid: value, j: value }, { requiredKeys: [] });
    const method = fc.constantFrom("GET", "POST", "OPTIONS", "PUT", "DELETE");
    // Several packets of one request stand apart by this character; older clients say their lengths.
    const bodies = fc.oneof(
      anyText,
      fc.array(packet, { maxLength: 5 }).map((packets) => packets.join("\u001e")),
      fc.array(packet, { maxLength: 5 }).map((packets) => packets.map((text) => `${text.length}:${text}`).join("")),
    );
    await fc.assert(
      fc.asyncProperty(method, query, bodies, fc.boolean(), async (verb, given, body, isKnown) => {
        const params = new URLSearchParams(given as Record<string, string>);
        if (isKnown) params.set("sid", await handshake(url));
        if (isKnown) params.set("transport", "polling");
        if (isKnown) params.set("EIO", "4");
        const controller = new AbortController();
        const init = verb === "POST" || verb === "PUT" ? { method: verb, body } : { method: verb };
        const answered = fetch(`${url}?${params}`, { ...init, signal: controller.signal }).catch(() => undefined);
        await witness.settled();
        // A poll waits for messages: it is given up where it has none.
        const response = await Promise.race([answered, witness.settled()]);
        expect(response?.status ?? 0).toBeLessThan(500);
        controller.abort();
        await answered;
      }),
      { numRuns: RUNS },
    );
  },
  LONG_TIMEOUT_MS,
);

async function handshake(url: string): Promise<string> {
  const text = await (await fetch(`${url}?EIO=4&transport=polling`)).text();
  return (JSON.parse(text.slice(1)) as { sid: string }).sid;
}
