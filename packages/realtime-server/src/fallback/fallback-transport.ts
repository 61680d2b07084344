import type { Transport } from "../hub/transport";
import type { CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";
import { closeLine, HEARTBEAT, messagesLine, OPEN } from "./lines";
import type { Receiver } from "./receiver";
import type { FallbackTimes } from "./times";

/** The transport of a SockJS session, whose client fetches its messages by one request after the other. */
export class FallbackTransport implements Transport {
  readonly #onEnd: (closeCode?: number) => void;
  #receiver: Receiver | undefined;
  readonly #toldClose = Promise.withResolvers<void>();
  /** Whether the client has no open request, after it had one. */
  #hasNoReceiver = false;
  /** When `checkTimeouts` first saw the client without a request, on its clock. */
  #noReceiverSince: number | undefined;
  #isOpenSent = false;
  /** The line with the reason of its end, and when `checkTimeouts` first saw it. */
  #closing: string | undefined;
  #closedAt: number | undefined;
  #isDiscarded = false;
  #unread: string[] = [];
  #unreadBytes = 0;
  #resume: (() => void) | undefined;
  #resumed: Promise<void> | undefined;

  /** @param onEnd called once, after the call that ended the session */
  constructor(onEnd: (closeCode?: number) => void) {
    this.#onEnd = onEnd;
  }

  get isOpen(): boolean {
    return this.#closing === undefined && !this.#isDiscarded;
  }

  /** True when the session is over and the reason of its end needs no delivery any more. */
  get isDiscarded(): boolean {
    return this.#isDiscarded;
  }

  get unsentBytes(): number {
    return this.#unreadBytes + (this.#receiver?.unsentBytes ?? 0);
  }

  /** Whether the client has an open request for messages. */
  get hasReceiver(): boolean {
    return this.#receiver?.isOpen ?? false;
  }

  /** Resolves when messages of the client may be read; undefined when they may. */
  get untilReadable(): Promise<void> | undefined {
    return this.#resumed;
  }

  /** Answers a request of the client with the queued messages, and with later ones while it is open. */
  attach(receiver: Receiver): void {
    this.#receiver = receiver;
    this.#hasNoReceiver = false;
    this.#noReceiverSince = undefined;
    receiver.onClose((isComplete) => {
      // Messages on their way are lost. The session ends, so that pusher-js opens a new one and fetches what it missed.
      if (!isComplete) return this.terminate();
      if (this.#receiver === receiver) this.#hasNoReceiver = true;
    });
    if (this.#isOpenSent) {
      this.#flush();
    } else {
      this.#isOpenSent = true;
      receiver.write(OPEN);
    }
  }

  write(frames: readonly Frame[]): void {
    for (const { payload } of frames) {
      this.#unread.push(payload.toString());
      this.#unreadBytes += payload.length;
    }
    this.#flush();
  }

  close({ code, message }: CloseReason): void {
    this.end(code, message);
  }

  /** Closes with any code, those of WebSocket included. */
  end(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.#closing = closeLine(code, reason);
    this.#flush();
    this.resume();
    queueMicrotask(() => this.#onEnd(code));
  }

  #flush(): void {
    const receiver = this.#receiver;
    if (receiver === undefined || !receiver.isOpen) return;
    const messages = this.#unread.length === 0 ? "" : messagesLine(this.#unread);
    const lines = messages + (this.#closing ?? "");
    if (lines === "") return;
    this.#unread = [];
    this.#unreadBytes = 0;
    receiver.write(lines);
    if (this.#closing === undefined) return;
    receiver.end();
    this.#toldClose.resolve();
  }

  /** Resolves when the client has got the reason of its close, or cannot get it any more. */
  get closeDelivered(): Promise<void> {
    return this.#toldClose.promise;
  }

  pause(): void {
    this.#resumed ??= new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  resume(): void {
    this.#resume?.();
    this.#resume = undefined;
    this.#resumed = undefined;
  }

  terminate(): void {
    if (this.#isDiscarded) return;
    const wasOpen = this.isOpen;
    this.#isDiscarded = true;
    this.#unread = [];
    this.#unreadBytes = 0;
    this.#receiver?.destroy();
    this.#toldClose.resolve();
    this.resume();
    if (wasOpen) queueMicrotask(() => this.#onEnd());
  }

  /**
   * Sends a heartbeat, so that proxies do not end a quiet request, and ends a session whose client does not come back, or
   * does not fetch the reason of its close.
   * @param now `performance.now()`
   * @param stallTolerantNow of a stall-tolerant clock: a stalled process has not read the client's requests yet
   * @returns false when the session is discarded
   */
  checkTimeouts(now: number, stallTolerantNow: number, times: FallbackTimes): boolean {
    const receiver = this.#receiver;
    if (receiver?.isOpen && now - receiver.writtenAt >= times.heartbeatMs) receiver.write(HEARTBEAT);
    if (this.#hasNoReceiver) this.#noReceiverSince ??= stallTolerantNow;
    if (this.#closing !== undefined) this.#closedAt ??= stallTolerantNow;
    const endsFrom = Math.min(this.#closedAt ?? stallTolerantNow, this.#noReceiverSince ?? stallTolerantNow);
    if (stallTolerantNow - endsFrom >= times.disconnectMs) this.terminate();
    return !this.#isDiscarded;
  }
}
