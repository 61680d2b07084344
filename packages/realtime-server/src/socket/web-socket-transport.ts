import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { joinFrames } from "../hub/joined-frames";
import type { Transport } from "../hub/transport";
import type { CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";

/**
 * A WebSocket whose messages bypass `ws`: they are prepared frames, and a whole queue is one write. `ws` reads, answers
 * pings and closes; its own frames are whole too, so both may write to the socket.
 */
export class WebSocketTransport implements Transport {
  readonly #ws: WebSocket;
  readonly #socket: Duplex;

  constructor(ws: WebSocket, socket: Duplex) {
    this.#ws = ws;
    this.#socket = socket;
  }

  get isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  write(frames: readonly Frame[]): void {
    this.#socket.write(joinFrames(frames));
  }

  close(reason: CloseReason): void {
    if (this.isOpen) this.#ws.close(reason.code, reason.message);
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  terminate(): void {
    this.#ws.terminate();
  }
}
