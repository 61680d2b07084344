import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { APP } from "./start-server";

export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

type FrameParts = {
  opcode: number;
  payload?: Buffer | string;
  /** Default true: the last fragment of its message. */
  fin?: boolean;
  /** Default true, as clients have to. */
  masked?: boolean;
  /** The three bits of extensions, none of which was agreed on. */
  reserved?: number;
};

/** A WebSocket frame by hand (RFC 6455, section 5.2), right or wrong. */
export function webSocketFrame({ opcode, payload = "", fin = true, masked = true, reserved = 0 }: FrameParts): Buffer {
  const body = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = masked ? 0x80 : 0;
  const header =
    body.length < 126
      ? Buffer.from([first, mask | body.length])
      : Buffer.from([first, mask | 126, body.length >> 8, body.length & 0xff]);
  if (!masked) return Buffer.concat([header, body]);
  const key = randomBytes(4);
  return Buffer.concat([header, key, body.map((byte, index) => byte ^ (key[index % 4] ?? 0))]);
}

/** A TCP connection on which a test writes arbitrary bytes. */
export class RawSocket {
  readonly socket: Socket;
  /** All that the server sent, as latin1. */
  received = "";
  /** Resolves when the server ended the connection, in order or not. */
  readonly ended: Promise<void>;
  #waiting: (() => void)[] = [];

  constructor(port: number, options: { allowHalfOpen?: boolean } = {}) {
    this.socket = connect({ port, host: "127.0.0.1", ...options });
    onTestFinished(() => void this.socket.destroy());
    this.socket.on("error", () => undefined);
    this.socket.on("data", (data) => {
      this.received += data.toString("latin1");
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.ended = new Promise((resolve) => {
      this.socket.once("end", resolve);
      this.socket.once("close", resolve);
    });
  }

  /** A WebSocket whose greeting has arrived. */
  static async webSocket(port: number, path = `/app/${APP.key}?protocol=7`): Promise<RawSocket> {
    const raw = new RawSocket(port);
    raw.write(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
    );
    await raw.until("pusher:connection_established");
    return raw;
  }

  write(data: Buffer | string): void {
    this.socket.write(data);
  }

  send(frame: FrameParts): void {
    this.write(webSocketFrame(frame));
  }

  /** Waits until the server has sent this text `times` times. */
  async until(text: string, times = 1): Promise<void> {
    while (this.received.split(text).length - 1 < times) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The code of the close frame that was received; undefined when there is none, or none with a code. */
  get closeCode(): number | undefined {
    const bytes = Buffer.from(this.received, "latin1");
    let at = bytes.indexOf("\r\n\r\n") + 4;
    while (at + 2 <= bytes.length) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const header = short === 126 ? 4 : short === 127 ? 10 : 2;
      const length = short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? bytes.readUInt32BE(at + 6) : short;
      if (((bytes[at] ?? 0) & 0x0f) === Opcode.close) return length < 2 ? undefined : bytes.readUInt16BE(at + header);
      at += header + length;
    }
    return undefined;
  }
}
