import { type Frame, prepareFrameOf } from "../../protocol/frame";
import type { TopicMessage } from "../cluster";

/** A message of a topic's pub/sub channel. `processId` names the sender. */
export type WireMessage =
  | { kind: "event"; processId: string; number: number; exceptSocketId: string | undefined; frame: Frame }
  | { kind: "terminate"; processId: string; number: number; mayReturn: boolean }
  /** `replicaCount` replicas have the user now; 0: the user has left. */
  | { kind: "member"; before: number; version: number; replicaCount: number; userId: string; info: string }
  | { kind: "total"; version: number; total: number; replica: string }
  | { kind: "marker"; processId: string; number: number }
  /** Asks the other replicas to bind a socket; `remote-bindings.ts` reads the body. */
  | { kind: "bind"; processId: string; number: number; body: string }
  /** Answers the question `number` of the process `askerId`. */
  | { kind: "answer"; processId: string; askerId: string; number: number; result: string };

const NEWLINE = 0x0a;

/** Writes one line of text, then the event's JSON as clients get it: no replica parses or escapes it. */
export function encodeMessage(processId: string, number: number, message: TopicMessage): Buffer {
  if (message.kind === "terminate") return Buffer.from(`t ${processId} ${number}${message.mayReturn ? " r" : ""}\n`);
  const header = `e ${processId} ${number} ${message.exceptSocketId ?? ""}\n`;
  const bytes = Buffer.allocUnsafe(header.length + message.frame.payload.length);
  bytes.write(header, 0, "latin1");
  message.frame.payload.copy(bytes, header.length);
  return bytes;
}

/** A marker returns to its sender, and everything that was published before it arrives before it. */
export const encodeMarker = (processId: string, number: number): Buffer => Buffer.from(`n ${processId} ${number}\n`);

export const encodeBind = (processId: string, number: number, body: string): Buffer =>
  Buffer.from(`b ${processId} ${number}\n${body}`);

export const encodeAnswer = (processId: string, askerId: string, number: number, result: string): Buffer =>
  Buffer.from(`a ${askerId} ${number} ${processId} ${result}\n`);

/** @returns undefined for bytes in another form */
export function decodeMessage(bytes: Buffer): WireMessage | undefined {
  const end = bytes.indexOf(NEWLINE);
  if (end === -1) return undefined;
  const [kind, first = "", second = "", third = "", fourth = ""] = bytes.toString("latin1", 0, end).split(" ");
  const body = bytes.subarray(end + 1);
  switch (kind) {
    case "e": {
      const frame = prepareFrameOf(body);
      return { kind: "event", processId: first, number: Number(second), exceptSocketId: third || undefined, frame };
    }
    case "t":
      return { kind: "terminate", processId: first, number: Number(second), mayReturn: third === "r" };
    case "m": {
      const idBytes = Number(fourth);
      return {
        kind: "member",
        before: Number(first),
        version: Number(second),
        replicaCount: Number(third),
        userId: body.toString("utf8", 0, idBytes),
        info: body.toString("utf8", idBytes),
      };
    }
    case "c":
      return { kind: "total", version: Number(first), total: Number(second), replica: third };
    case "n":
      return { kind: "marker", processId: first, number: Number(second) };
    case "b":
      return { kind: "bind", processId: first, number: Number(second), body: body.toString() };
    case "a":
      return { kind: "answer", askerId: first, number: Number(second), processId: third, result: fourth };
    default:
      return undefined;
  }
}
