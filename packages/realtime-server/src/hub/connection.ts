import type { App } from "../apps";
import { CloseCode, type CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";
import { errorFrame } from "../protocol/frames";
import type { Outbox } from "./outbox";
import type { RateWindow } from "./rate-window";
import type { Traffic } from "./traffic";
import type { Transport } from "./transport";

/** `info` is the JSON that the application signed. */
export type SignedInUser = { id: string; info: string | undefined; watchlist: readonly string[] };

/** One client: its transport, its outbound queue, and what the protocol remembers of it. */
export class Connection {
  readonly id: string;
  readonly app: App;
  /** The client's address, as a trusted proxy tells it. */
  readonly address: string;
  /** Whether the client knows `pusher:ping`. */
  readonly answersPing: boolean;
  /** Subscribed channels; on presence channels with the id of the member. */
  readonly channels = new Map<string, { userId?: string }>();
  user: SignedInUser | undefined;
  /** Users whose end closes it, and milliseconds since the epoch until which each lets it in; unset: none. */
  bindings: Map<string, number> | undefined;
  /** Whether it has left everything it was in; its transport may not have ended yet. */
  hasDeparted = false;
  /** Channels on which it may send no client events; unset: none. */
  mutedChannels: Set<string> | undefined;
  /** Milliseconds; when the client was last heard. */
  lastHeardAt: number;
  /** Milliseconds of the heartbeat's attentive clock; when an unanswered ping was sent. */
  pingedAt: number | undefined;
  /** Created with the first of what they count. */
  messageRate: RateWindow | undefined;
  clientEventRate: RateWindow | undefined;
  readonly #transport: Transport;
  readonly #outbox: Outbox;
  readonly #traffic: Traffic;
  readonly #maxUnsentBytes: number;
  #queue: Frame[] = [];
  #queuedBytes = 0;
  /** Size of the one frame above the limit that the client is taking: a presence channel's members come in one. */
  #oversize = 0;

  constructor(parts: {
    id: string;
    app: App;
    address: string;
    answersPing: boolean;
    transport: Transport;
    outbox: Outbox;
    traffic: Traffic;
    maxUnsentBytes: number;
    now: number;
  }) {
    this.id = parts.id;
    this.app = parts.app;
    this.address = parts.address;
    this.answersPing = parts.answersPing;
    this.lastHeardAt = parts.now;
    this.#transport = parts.transport;
    this.#outbox = parts.outbox;
    this.#traffic = parts.traffic;
    this.#maxUnsentBytes = parts.maxUnsentBytes;
  }

  get isOpen(): boolean {
    return this.#transport.isOpen;
  }

  /** Queues a frame, or closes a client whose unsent bytes pass the limit. Does nothing on a closing connection. */
  send(frame: Frame): void {
    if (!this.#transport.isOpen) return;
    const size = frame.payload.length;
    if (!this.#hasRoom(size)) {
      this.#traffic.slowClientsClosed++;
      this.#drop();
      this.#transport.close({ code: CloseCode.overCapacity, message: "Client reads too slowly" });
      return;
    }
    this.#queue.push(frame);
    this.#queuedBytes += size;
    if (this.#queue.length === 1) this.#outbox.add(this);
  }

  /** A burst within one turn of the event loop is no slow client: what is only queued is written before judging. */
  #hasRoom(size: number): boolean {
    if (this.#queuedBytes + size <= this.#maxUnsentBytes - this.#transport.unsentBytes) return true;
    this.flush();
    const { unsentBytes } = this.#transport;
    if (unsentBytes <= this.#maxUnsentBytes) this.#oversize = 0;
    if (unsentBytes + size <= this.#maxUnsentBytes + this.#oversize) return true;
    // No client could ever take a frame above the limit: who has taken what came before gets it whole.
    if (this.#oversize > 0 || size <= this.#maxUnsentBytes || unsentBytes > this.#maxUnsentBytes) return false;
    this.#oversize = size;
    return true;
  }

  /** Writes the queue with one call. */
  flush(): void {
    const frames = this.#queue;
    if (frames.length === 0) return;
    this.#traffic.messagesOut += frames.length;
    this.#traffic.bytesOut += this.#queuedBytes;
    this.#drop();
    if (this.#transport.isOpen) this.#transport.write(frames);
  }

  #drop(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
  }

  /** Tells the client why, then closes. */
  close(reason: CloseReason): void {
    this.send(errorFrame(reason));
    this.flush();
    this.#transport.close(reason);
  }

  /** Stops reading from the client, for a while. */
  pause(): void {
    this.#transport.pause();
  }

  resume(): void {
    this.#transport.resume();
  }

  /** Destroys the transport without a word. */
  terminate(): void {
    this.#transport.terminate();
  }
}
