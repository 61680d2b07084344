import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { z } from "zod";

/** What a scanner says of a file; `unavailable`: it says nothing, and is asked again. */
export type Verdict = "clean" | "infected" | "unavailable";
export type Scanner = (file: Readable) => Promise<Verdict>;

const TIMEOUT_MS = 120_000;
const CLAMD_PORT = 3310;
const answer = z.object({ infected: z.boolean() });

/** Makes the scanner of an address: ClamAV's daemon, or any service that takes a file by POST. */
export function createScanner(address: string): Scanner {
  const url = new URL(address);
  return url.protocol === "clamd:" ? (file) => askClamd(url, file) : (file) => askService(address, file);
}

/** `POST` with the file as its body; the answer is JSON, `{"infected": false}`. */
async function askService(address: string, file: Readable): Promise<Verdict> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      // TypeScript's DOM library does not know of streamed bodies.
      ...({ body: Readable.toWeb(file), duplex: "half" } as object),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const parsed = answer.safeParse(response.ok ? await response.json() : null);
    if (!parsed.success) return "unavailable";
    return parsed.data.infected ? "infected" : "clean";
  } catch {
    return "unavailable";
  } finally {
    file.destroy();
  }
}

/** The command INSTREAM of clamd: chunks with their lengths before them, and one of length zero at the end (clamd(8)). */
async function askClamd({ hostname, port }: URL, file: Readable): Promise<Verdict> {
  const socket = connect({ host: hostname, port: Number(port) || CLAMD_PORT, timeout: TIMEOUT_MS });
  const reply = readReply(socket);
  try {
    await once(socket, "connect");
    socket.write("zINSTREAM\0");
    for await (const chunk of file) {
      const part = chunk as Buffer;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      socket.write(length);
      if (!socket.write(part)) await Promise.race([once(socket, "drain"), reply]);
      if (socket.destroyed) break;
    }
    socket.write(Buffer.alloc(4));
    const text = await reply;
    if (/\bFOUND$/.test(text)) return "infected";
    return /\bOK$/.test(text) ? "clean" : "unavailable";
  } catch {
    return "unavailable";
  } finally {
    socket.destroy();
    file.destroy();
  }
}

/** The daemon's whole answer; what it had said until an error or silence ended it. */
function readReply(socket: ReturnType<typeof connect>): Promise<string> {
  let text = "";
  return new Promise((resolve) => {
    const finish = () => resolve(text.replaceAll("\0", "").trim());
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      if (text.includes("\0")) finish();
    });
    socket.on("timeout", () => socket.destroy());
    socket.on("error", finish);
    socket.on("close", finish);
  });
}
