import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { z } from "zod";

/** What a scanner says of a file. */
export type Verdict = "clean" | "infected";
/** Asks about a file. @throws ScannerUnavailable when nothing is said of it: it is to be asked again */
export type Scanner = (file: Readable) => Promise<Verdict>;

/** The scanner has said nothing of a file; the message says why. */
export class ScannerUnavailable extends Error {
  override readonly name = "ScannerUnavailable";

  constructor(reason: string, options?: ErrorOptions) {
    super(`the virus scanner gave no answer: ${reason}`, options);
  }
}

const TIMEOUT_MS = 120_000;
const CLAMD_PORT = 3310;
const MAX_REASON_CHARACTERS = 200;
const answer = z.object({ infected: z.boolean() });

/**
 * Makes the scanner of an address: ClamAV's daemon, or any service that takes a file by POST.
 * @param timeoutMs a service has to answer within it; the daemon may not be silent for longer
 */
export function createScanner(address: string, { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {}): Scanner {
  const url = new URL(address);
  const ask = url.protocol === "clamd:" ? askClamd : askService;
  return async (file) => {
    try {
      return await ask(url, file, timeoutMs);
    } catch (error) {
      if (error instanceof ScannerUnavailable) throw error;
      throw new ScannerUnavailable(reasonOf(error), { cause: error });
    } finally {
      file.destroy();
    }
  };
}

/** `POST` with the file as its body; the answer is JSON, `{"infected": false}`. */
async function askService(url: URL, file: Readable, timeoutMs: number): Promise<Verdict> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    // TypeScript's DOM library does not know of streamed bodies.
    ...({ body: Readable.toWeb(file), duplex: "half" } as object),
    // A redirect could not be followed: the file has been read.
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new ScannerUnavailable(`status ${response.status}`);
  const parsed = answer.safeParse(await response.json());
  if (!parsed.success) throw new ScannerUnavailable("an answer of another form");
  return parsed.data.infected ? "infected" : "clean";
}

/** The command INSTREAM of clamd: chunks with their lengths before them, and one of length zero at the end (clamd(8)). */
async function askClamd({ hostname, port }: URL, file: Readable, timeoutMs: number): Promise<Verdict> {
  const socket = connect({ host: hostname, port: Number(port) || CLAMD_PORT, timeout: timeoutMs });
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
    if (!socket.destroyed) socket.write(Buffer.alloc(4));
    const text = await reply;
    if (/\bFOUND$/.test(text)) return "infected";
    if (/\bOK$/.test(text)) return "clean";
    throw new ScannerUnavailable(text.slice(0, MAX_REASON_CHARACTERS) || "it closed the connection");
  } finally {
    socket.destroy();
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

/** What Node says of it: the cause of a failed `fetch`, without the address, which may hold a password. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
