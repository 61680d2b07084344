import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createSocketServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { createScanner } from "./scanner";

const VIRUS = "MGS-VIRUS-TEST";
const fileOf = (text: string | Buffer) => Readable.from([Buffer.from(text)]);
const reasonOf = (asked: Promise<string>) => asked.then(String, (error: Error) => error.message);

/** A service that takes files by POST. @returns its address */
async function startService(
  reply: (file: Buffer, request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(async (request, response) => reply(await buffer(request), request, response));
  server.listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/scan?profile=mgs`;
}

/** What listens for sockets. @returns its address */
async function startDaemon(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    onSocket(socket);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, "listening");
  return `clamd://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a service that takes files by POST", () => {
  it("gets the whole file, and says whether it is harmful", async () => {
    const seen: { bytes: number; type: string | undefined; url: string | undefined }[] = [];
    const scan = createScanner(
      await startService((file, { headers, url }, response) => {
        seen.push({ bytes: file.length, type: headers["content-type"], url });
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ infected: file.includes(VIRUS), engine: "test" }));
      }),
    );
    const large = Buffer.alloc(3_000_000, "x");
    expect(await scan(Readable.from([large, Buffer.from("end")]))).toBe("clean");
    expect(await scan(fileOf(`x${VIRUS}x`))).toBe("infected");
    const request = { type: "application/octet-stream", url: "/scan?profile=mgs" };
    expect(seen).toEqual([
      { bytes: 3_000_003, ...request },
      { bytes: VIRUS.length + 2, ...request },
    ]);
  });

  it("that is late answers all the same, and one that is silent is given up", async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const address = await startService((_, __, response) => asked.resolve(response));
    const late = createScanner(address)(fileOf("x"));
    (await asked.promise).end('{"infected":true}');
    expect(await late).toBe("infected");
    const silent = createScanner(await startService(() => undefined), { timeoutMs: 50 })(fileOf("x"));
    expect(await reasonOf(silent)).toBe("the virus scanner gave no answer: TimeoutError");
  });

  it("that fails, answers in another form or breaks off says nothing, and the file is closed", async () => {
    const answers: readonly (readonly [reply: (response: ServerResponse) => void, reason: string])[] = [
      [(response) => response.writeHead(503).end('{"infected":false}'), "status 503"],
      [(response) => response.end("OK"), "SyntaxError"],
      [(response) => response.end('{"infected":"no"}'), "an answer of another form"],
      [(response) => response.end("null"), "an answer of another form"],
      [(response) => response.writeHead(307, { location: "/elsewhere" }).end(), "Error"],
      [(response) => response.destroy(), "UND_ERR_SOCKET"],
    ];
    for (const [reply, reason] of answers) {
      const file = fileOf("x");
      const address = await startService((_, __, response) => reply(response));
      expect(await reasonOf(createScanner(address)(file))).toBe(`the virus scanner gave no answer: ${reason}`);
      expect(file.destroyed).toBe(true);
    }
    const address = (await startService(() => undefined)).replace("127.0.0.1", "scanner.invalid");
    expect(await reasonOf(createScanner(address)(fileOf("x")))).toMatch(/: (ENOTFOUND|EAI_AGAIN)$/);
  });
});

describe("a daemon that speaks as clamd does", () => {
  it("and is away, breaks off or is silent says nothing", async () => {
    const gone = await startDaemon((socket) => socket.destroy());
    expect(await reasonOf(createScanner(gone)(fileOf(Buffer.alloc(2_000_000))))).toMatch(
      /: (ECONNRESET|EPIPE|it closed the connection)$/,
    );
    const silent = await startDaemon((socket) => void socket.resume());
    expect(await reasonOf(createScanner(silent, { timeoutMs: 50 })(fileOf("x")))).toMatch(/it closed the connection$/);
    const refusing = await startDaemon((socket) => {
      socket.resume().end("INSTREAM size limit exceeded. ERROR\0");
    });
    expect(await reasonOf(createScanner(refusing)(fileOf("x")))).toMatch(/: INSTREAM size limit exceeded\. ERROR$/);
    expect(await reasonOf(createScanner("clamd://127.0.0.1:1")(fileOf("x")))).toMatch(/: ECONNREFUSED$/);
  });
});
