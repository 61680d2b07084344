import type { Transport } from "../hub/transport";
import type { CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";
import { closeLine, HEARTBEAT, messagesLine, OPEN } from "./lines";
import type { Receiver } from "./receiver";
import type { FallbackTimes } from "./times";

/** A session of the HTTP fallback, whose client comes for its messages with one request after the other. */
export class FallbackTransport implements Transport {
  readonly #onEnd: (closeCode?: number) => void;
  #receiver: Receiver | undefined;
  readonly #toldClose = Promise.withResolvers<void>();
  /** Whether no request of the client is there, although one was. */
  #isAlone = false;
  /** Since when, on the clock of `tick`, which is the first to see it. */
  #aloneSince: number | undefined;
  #isGreeted = false;
  /** The line that tells why it ended, and when that was, on the clock of `tick`. */
  #closing: string | undefined;
  #closedAt: number | undefined;
  #isGone = false;
  #unread: string[] = [];
  #unreadBytes = 0;
  #resume: (() => void) | undefined;
  #resumed: Promise<void> | undefined;

  /** @param onEnd hears once, after the call that ended it, that nothing comes in or goes out any more */
  constructor(onEnd: (closeCode?: number) => void) {
    this.#onEnd = onEnd;
  }

  get isOpen(): boolean {
    return this.#closing === undefined && !this.#isGone;
  }

  /** True when nothing is left of it, not even the reason of its end. */
  get isGone(): boolean {
    return this.#isGone;
  }

  get unsentBytes(): number {
    return this.#unreadBytes + (this.#receiver?.unsentBytes ?? 0);
  }

  /** Whether a request of the client waits for messages. */
  get isReceiving(): boolean {
    return this.#receiver?.isOpen ?? false;
  }

  /** Settles when messages of the client may be read. */
  get readable(): Promise<void> | undefined {
    return this.#resumed;
  }

  /** Gives a request of the client what is there, and what comes as long as it stays. */
  attach(receiver: Receiver): void {
    this.#receiver = receiver;
    this.#isAlone = false;
    this.#aloneSince = undefined;
    receiver.onClose((isWhole) => {
      // What was on its way to it is lost. To go on would hide that; pusher-js begins anew, and fetches what it missed.
      if (!isWhole) return this.terminate();
      if (this.#receiver === receiver) this.#isAlone = true;
    });
    if (this.#isGreeted) {
      this.#flush();
    } else {
      this.#isGreeted = true;
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

  /** Settles when the client has been told of its close, or cannot be told any more. */
  get toldClose(): Promise<void> {
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
    if (this.#isGone) return;
    const wasOpen = this.isOpen;
    this.#isGone = true;
    this.#unread = [];
    this.#unreadBytes = 0;
    this.#receiver?.destroy();
    this.#toldClose.resolve();
    this.resume();
    if (wasOpen) queueMicrotask(() => this.#onEnd());
  }

  /**
   * What time brings: a heartbeat that keeps proxies from ending a quiet request, the end of a client that does not come
   * back, and of one that does not come for the reason of its close.
   * @param now `performance.now()`
   * @param attended of an attentive clock: a client that came while nobody looked has come
   * @returns false when nothing is left of it
   */
  tick(now: number, attended: number, times: FallbackTimes): boolean {
    const receiver = this.#receiver;
    if (receiver?.isOpen && now - receiver.writtenAt >= times.heartbeatMs) receiver.write(HEARTBEAT);
    if (this.#isAlone) this.#aloneSince ??= attended;
    if (this.#closing !== undefined) this.#closedAt ??= attended;
    const endsFrom = Math.min(this.#closedAt ?? attended, this.#aloneSince ?? attended);
    if (attended - endsFrom >= times.disconnectMs) this.terminate();
    return !this.#isGone;
  }
}
