import { type Frame, prepareFrameOf } from "../../protocol/frame";
import type { TopicMessage } from "../cluster";

/** What comes from a topic's pub/sub channel. */
export type WireMessage =
  | { kind: "event"; origin: string; number: number; exceptSocketId: string | undefined; frame: Frame }
  | { kind: "terminate"; origin: string; number: number }
  /** A user is in `held` replicas now; 0: gone. */
  | { kind: "member"; before: number; version: number; held: number; userId: string; info: string }
  | { kind: "total"; version: number; total: number; replica: string }
  | { kind: "nothing"; origin: string; number: number }
  /** A replica asks the others to bind a socket; its body is their matter. */
  | { kind: "bind"; origin: string; number: number; body: string }
  /** What `process` answers to the one that asked. */
  | { kind: "answer"; origin: string; number: number; process: string; result: string };

const NEWLINE = 0x0a;

/** One line of text, then the event's JSON as clients get it: nobody parses or escapes it on the way. */
export function encodeMessage(origin: string, number: number, message: TopicMessage): Buffer {
  if (message.kind === "terminate") return Buffer.from(`t ${origin} ${number}\n`);
  const header = `e ${origin} ${number} ${message.exceptSocketId ?? ""}\n`;
  const bytes = Buffer.allocUnsafe(header.length + message.frame.payload.length);
  bytes.write(header, 0, "latin1");
  message.frame.payload.copy(bytes, header.length);
  return bytes;
}

/** Something that comes back and is nothing: whatever was published before it has come by then. */
export const encodeNothing = (origin: string, number: number): Buffer => Buffer.from(`n ${origin} ${number}\n`);

export const encodeBind = (origin: string, number: number, body: string): Buffer =>
  Buffer.from(`b ${origin} ${number}\n${body}`);

/** @param origin who asked, and `process` who answers */
export const encodeAnswer = (origin: string, number: number, process: string, result: string): Buffer =>
  Buffer.from(`a ${origin} ${number} ${process} ${result}\n`);

/** @returns undefined for what is none of ours */
export function decodeMessage(bytes: Buffer): WireMessage | undefined {
  const end = bytes.indexOf(NEWLINE);
  if (end === -1) return undefined;
  const [kind, first = "", second = "", third = "", fourth = ""] = bytes.toString("latin1", 0, end).split(" ");
  const body = bytes.subarray(end + 1);
  switch (kind) {
    case "e": {
      const frame = prepareFrameOf(body);
      return { kind: "event", origin: first, number: Number(second), exceptSocketId: third || undefined, frame };
    }
    case "t":
      return { kind: "terminate", origin: first, number: Number(second) };
    case "m": {
      const idBytes = Number(fourth);
      return {
        kind: "member",
        before: Number(first),
        version: Number(second),
        held: Number(third),
        userId: body.toString("utf8", 0, idBytes),
        info: body.toString("utf8", idBytes),
      };
    }
    case "c":
      return { kind: "total", version: Number(first), total: Number(second), replica: third };
    case "n":
      return { kind: "nothing", origin: first, number: Number(second) };
    case "b":
      return { kind: "bind", origin: first, number: Number(second), body: body.toString() };
    case "a":
      return { kind: "answer", origin: first, number: Number(second), process: third, result: fourth };
    default:
      return undefined;
  }
}
