import type { Socket } from "socket.io";
import type { Transport } from "../hub/transport";
import type { CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";
import { createFrameTranslator } from "./frame-translator";

/** From this code on, a client of the Pusher protocol comes back by itself. */
const FIRST_RETURNING_CODE = 4100;

/** The parts of engine.io's transports that its types do not show. */
type EngineTransport = { socket?: { bufferedAmount?: number; pause?(): void; resume?(): void } };

/** A client of Socket.IO, by WebSocket or by polling, whose packets bypass `socket.emit`: they are encoded once for all. */
export class SocketIoTransport implements Transport {
  readonly #socket: Socket;
  readonly #onClosing: () => void;
  readonly #translator = createFrameTranslator();
  #isClosing = false;
  /** Characters that engine.io has not given to its transport yet. */
  #queued = 0;

  /** @param onClosing called with the beginning of a close of the server, in a microtask */
  constructor(socket: Socket, onClosing: () => void) {
    this.#socket = socket;
    this.#onClosing = onClosing;
    socket.conn.on("flush", () => {
      this.#queued = 0;
    });
  }

  get isOpen(): boolean {
    return !this.#isClosing && this.#socket.connected;
  }

  get unsentBytes(): number {
    return this.#queued + (this.#webSocket?.bufferedAmount ?? 0);
  }

  get #webSocket(): EngineTransport["socket"] {
    return (this.#socket.conn.transport as unknown as EngineTransport | undefined)?.socket;
  }

  write(frames: readonly Frame[]): void {
    for (const frame of frames) {
      const packet = this.#translator.translate(frame);
      if (packet === undefined) continue;
      this.#queued += packet.length;
      this.#socket.conn.write(packet);
    }
  }

  /** Forgets the members of a channel that the client has left. */
  leave(channel: string): void {
    this.#translator.leave(channel);
  }

  /**
   * Ends the connection so that the client does what a code of the Pusher protocol says: after a packet that disconnects it stays away, after
   * a lost connection it comes back.
   */
  close({ code }: CloseReason): void {
    if (!this.isOpen) return;
    this.#isClosing = true;
    if (code < FIRST_RETURNING_CODE) this.#socket.disconnect(true);
    else this.#socket.conn.close();
    queueMicrotask(this.#onClosing);
  }

  pause(): void {
    this.#webSocket?.pause?.();
  }

  resume(): void {
    this.#webSocket?.resume?.();
  }

  terminate(): void {
    this.#isClosing = true;
    this.#socket.conn.close(true);
  }
}
