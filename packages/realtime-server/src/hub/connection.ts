import type { App } from "../apps";
import { CloseCode, type CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";
import { errorFrame } from "../protocol/frames";
import type { FlushScheduler } from "./flush-scheduler";
import type { RateWindow } from "./rate-window";
import type { ClientProtocol, Traffic } from "./traffic";
import type { Transport } from "./transport";

/** `info` is the JSON that the application signed. */
export type SignedInUser = { id: string; info: string | undefined; watchlist: readonly string[] };

/** One client: its transport, its outbound queue and its protocol state. */
export class Connection {
  readonly id: string;
  readonly app: App;
  readonly protocol: ClientProtocol;
  /** The client's address, as a trusted proxy tells it. */
  readonly address: string;
  /** Whether the client knows `pusher:ping`. */
  readonly answersPing: boolean;
  /** Subscribed channels; on presence channels with the id of the member. */
  readonly channels = new Map<string, { userId?: string }>();
  user: SignedInUser | undefined;
  /** Users to whom it is bound, and when each binding expires in milliseconds since the epoch; unset: none. */
  bindings: Map<string, number> | undefined;
  /** Whether it has left its channels and its user; its transport may not have ended yet. */
  hasDeparted = false;
  /** Channels on which it may send no client events; unset: none. */
  mutedChannels: Set<string> | undefined;
  /** Time of the client's last frame, in milliseconds since the epoch. */
  lastHeardAt: number;
  /** Time of an unanswered ping, in milliseconds of the heartbeat's stall-tolerant clock. */
  pingedAt: number | undefined;
  /** Created with the first message and the first client event. */
  messageRate: RateWindow | undefined;
  clientEventRate: RateWindow | undefined;
  readonly #transport: Transport;
  readonly #flushScheduler: FlushScheduler;
  readonly #traffic: Traffic;
  readonly #maxUnsentBytes: number;
  #queue: Frame[] = [];
  #queuedBytes = 0;
  /** Size of a frame above the limit that is being sent: the members of a presence channel come in one frame. */
  #oversizeBytes = 0;

  constructor(parts: {
    id: string;
    app: App;
    protocol: ClientProtocol;
    address: string;
    answersPing: boolean;
    transport: Transport;
    flushScheduler: FlushScheduler;
    traffic: Traffic;
    maxUnsentBytes: number;
    now: number;
  }) {
    this.id = parts.id;
    this.app = parts.app;
    this.protocol = parts.protocol;
    this.address = parts.address;
    this.answersPing = parts.answersPing;
    this.lastHeardAt = parts.now;
    this.#transport = parts.transport;
    this.#flushScheduler = parts.flushScheduler;
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
      this.#clearQueue();
      this.#transport.close({ code: CloseCode.overCapacity, message: "Client reads too slowly" });
      return;
    }
    this.#queue.push(frame);
    this.#queuedBytes += size;
    if (this.#queue.length === 1) this.#flushScheduler.schedule(this);
  }

  /** Writes the queue before it judges: a burst within one turn of the event loop does not make a client slow. */
  #hasRoom(size: number): boolean {
    if (this.#queuedBytes + size <= this.#maxUnsentBytes - this.#transport.unsentBytes) return true;
    this.flush();
    const { unsentBytes } = this.#transport;
    if (unsentBytes <= this.#maxUnsentBytes) this.#oversizeBytes = 0;
    if (unsentBytes + size <= this.#maxUnsentBytes + this.#oversizeBytes) return true;
    // A frame above the limit could never be sent otherwise: a client that has read all earlier frames gets it.
    if (this.#oversizeBytes > 0 || size <= this.#maxUnsentBytes || unsentBytes > this.#maxUnsentBytes) return false;
    this.#oversizeBytes = size;
    return true;
  }

  /** Writes the queue with one call. */
  flush(): void {
    const frames = this.#queue;
    if (frames.length === 0) return;
    this.#traffic.messagesOut += frames.length;
    this.#traffic.bytesOut += this.#queuedBytes;
    this.#clearQueue();
    if (this.#transport.isOpen) this.#transport.write(frames);
  }

  #clearQueue(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
  }

  /** Sends the reason to the client, then closes. */
  close(reason: CloseReason): void {
    this.send(errorFrame(reason));
    this.flush();
    this.#transport.close(reason);
  }

  /** Stops reading from the client until `resume`. */
  pause(): void {
    this.#transport.pause();
  }

  resume(): void {
    this.#transport.resume();
  }

  /** Destroys the transport without a close frame. */
  terminate(): void {
    this.#transport.terminate();
  }
}
