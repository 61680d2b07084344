import { connect, type Socket } from "node:net";

const TEXT_FRAME = 0x81;
const PING_FRAME = 0x89;
const PONG_FRAME = 0x8a;

/** Receives each frame of a server: its first byte, and its payload as a view into the received buffer. */
export type OnFrame = (opcode: number, payload: Buffer) => void;

/**
 * A minimal WebSocket: a benchmark's thousands of clients take CPU from the server on the same machine, so they cost as little
 * as possible.
 */
export class BareWebSocket {
  readonly #socket: Socket;
  #rest: Buffer | undefined;
  #isOpen = false;

  constructor(port: number, path: string, onFrame: OnFrame, onClose: () => void) {
    this.#socket = connect({ port, host: "127.0.0.1" });
    this.#socket.setNoDelay(true);
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", onClose);
    this.#socket.on("connect", () => {
      this.#socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
      );
    });
    this.#socket.on("data", (chunk: Buffer) => this.#read(chunk, onFrame));
  }

  /** Sends up to 65,535 bytes, masked with zeros, since the protocol requires a mask of any value. */
  send(text: string): void {
    this.#write(TEXT_FRAME, Buffer.from(text));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #write(opcode: number, payload: Buffer): void {
    const short = payload.length < 126;
    const header = Buffer.alloc(short ? 6 : 8);
    header[0] = opcode;
    header[1] = 0x80 | (short ? payload.length : 126);
    if (!short) header.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([header, payload]));
  }

  #read(chunk: Buffer, onFrame: OnFrame): void {
    let data = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = undefined;
    if (!this.#isOpen) {
      const end = data.indexOf("\r\n\r\n");
      if (end < 0) {
        this.#rest = data;
        return;
      }
      this.#isOpen = true;
      data = data.subarray(end + 4);
    }
    let at = 0;
    while (at + 2 <= data.length) {
      const opcode = data[at] ?? 0;
      let length = (data[at + 1] ?? 0) & 0x7f;
      let start = at + 2;
      if (length === 126) {
        if (at + 4 > data.length) break;
        length = data.readUInt16BE(at + 2);
        start = at + 4;
      } else if (length === 127) {
        if (at + 10 > data.length) break;
        length = data.readUInt32BE(at + 6);
        start = at + 10;
      }
      if (start + length > data.length) break;
      const payload = data.subarray(start, start + length);
      if (opcode === PING_FRAME) this.#write(PONG_FRAME, Buffer.from(payload));
      else onFrame(opcode, payload);
      at = start + length;
    }
    if (at < data.length) this.#rest = Buffer.from(data.subarray(at));
  }
}
