import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { App } from "../apps";
import { CloseCode, type CloseReason } from "../protocol/close-codes";
import { errorFrame, type Frame } from "../protocol/frames";
import type { Outbox } from "./outbox";

/** Time a closing client has to acknowledge before its socket is destroyed. */
const CLOSE_HANDSHAKE_MS = 5_000;

export type SignedInUser = { id: string; info: unknown };

/** One client: its transport, and what the protocol remembers of it. */
export class Connection {
  readonly id: string;
  readonly app: App;
  /** Subscribed channels; on presence channels with the id of the member. */
  readonly channels = new Map<string, { userId?: string }>();
  user: SignedInUser | undefined;
  /** Milliseconds; when the client was last heard. */
  lastHeardAt: number;
  /** Milliseconds; when an unanswered ping was sent. */
  pingedAt: number | undefined;
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  readonly #outbox: Outbox;
  readonly #maxUnsentBytes: number;

  constructor(parts: {
    id: string;
    app: App;
    ws: WebSocket;
    socket: Duplex;
    outbox: Outbox;
    maxUnsentBytes: number;
    now: number;
  }) {
    this.id = parts.id;
    this.app = parts.app;
    this.lastHeardAt = parts.now;
    this.#ws = parts.ws;
    this.#socket = parts.socket;
    this.#outbox = parts.outbox;
    this.#maxUnsentBytes = parts.maxUnsentBytes;
  }

  /** Sends a frame, or closes a client whose unsent bytes pass the limit. Does nothing on a closing connection. */
  send(frame: Frame): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (!this.#hasRoom(frame)) {
      this.#end({ code: CloseCode.overCapacity, message: "Client reads too slowly" });
      return;
    }
    this.#outbox.hold(this.#socket);
    this.#ws.send(frame, { binary: false });
  }

  /** A burst within one turn of the event loop is no slow client: what is only held back is written before judging. */
  #hasRoom(frame: Frame): boolean {
    if (this.#ws.bufferedAmount + frame.length <= this.#maxUnsentBytes) return true;
    this.#outbox.release(this.#socket);
    return this.#ws.bufferedAmount + frame.length <= this.#maxUnsentBytes;
  }

  /** Tells the client why, then closes. */
  close(reason: CloseReason): void {
    this.send(errorFrame(reason));
    this.#end(reason);
  }

  #end(reason: CloseReason): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    this.#ws.close(reason.code, reason.message);
    const timer = setTimeout(() => this.#ws.terminate(), CLOSE_HANDSHAKE_MS);
    this.#ws.once("close", () => clearTimeout(timer));
  }

  /** Destroys the socket without a word. */
  terminate(): void {
    this.#ws.terminate();
  }
}
