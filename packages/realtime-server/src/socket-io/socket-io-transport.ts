import type { Socket } from "socket.io";
import type { Transport } from "../hub/transport";
import type { CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";
import type { FrameTranslator } from "./frame-translator";
import type { MemberBook } from "./member-book";

/** From this code on, a client of the Pusher protocol comes back by itself. */
const FIRST_RETURNING_CODE = 4100;

/** The parts of engine.io's transports that its types do not show. */
type EngineTransport = { socket?: { bufferedAmount?: number; pause?(): void; resume?(): void; terminate?(): void } };

/** A client of Socket.IO, by WebSocket or by polling, whose packets bypass `socket.emit`: they are encoded once for all. */
export class SocketIoTransport implements Transport {
  readonly #socket: Socket;
  readonly #onClosing: () => void;
  readonly #translator: FrameTranslator;
  readonly #book: MemberBook;
  /** Presence channels whose members the book holds for this client. */
  readonly #entered = new Set<string>();
  #isClosing = false;
  /** Characters that engine.io has not given to its transport yet. */
  #queued = 0;

  /** @param parts `onClosing` is called with the beginning of a close of the server, in a microtask */
  constructor(socket: Socket, parts: { translator: FrameTranslator; book: MemberBook; onClosing: () => void }) {
    this.#socket = socket;
    this.#translator = parts.translator;
    this.#book = parts.book;
    this.#onClosing = parts.onClosing;
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
      const packet = this.#translator.translate(frame, this.#enter);
      if (packet === undefined) continue;
      this.#queued += packet.text.length;
      this.#socket.conn.write(packet.text, packet.options);
    }
  }

  readonly #enter = (channel: string): void => {
    this.#entered.add(channel);
  };

  /** Forgets the members of a channel that the client has left. */
  leave(channel: string): void {
    if (this.#entered.delete(channel)) this.#book.leave(channel);
  }

  /** The same of all its channels. */
  leaveAll(): void {
    for (const channel of [...this.#entered]) this.leave(channel);
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
    const webSocket = this.#webSocket;
    this.#socket.conn.close(true);
    // engine.io would wait for the Close frame of a client that may be gone.
    webSocket?.terminate?.();
  }
}
