import { connect, type Socket } from "node:net";

export type Answer = { status: number; headers: string; body: string };

type Waiting = { resolve(answer: Answer): void; reject(error: Error): void };

/**
 * One keep-alive HTTP/1.1 connection with one request at a time. It does as little as possible, so that benchmarks measure the
 * server; product and floor have the same client.
 */
export class Connection {
  readonly #socket: Socket;
  #buffer = "";
  #waiting: Waiting | null = null;
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // Latin-1 has one character for each byte, so that lengths are byte lengths; a complete body is decoded.
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      this.#buffer += chunk;
      this.#settle();
    });
    socket.on("close", () => this.#fail(new Error("the server closed the connection")));
    socket.on("error", (error) => this.#fail(error));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.once("error", reject);
      socket.once("connect", () => resolve(new Connection(socket)));
    });
  }

  /** Sends a request and reads its answer. @param request a whole request of `createRequest` */
  ask(request: Buffer): Promise<Answer> {
    if (this.#closed) throw new Error("the server has closed this connection");
    if (this.#waiting) throw new Error("this connection is still waiting for an answer");
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.removeAllListeners("close");
    this.#socket.destroy();
  }

  #fail(error: Error): void {
    this.#closed = true;
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  #settle(): void {
    const end = this.#buffer.indexOf("\r\n\r\n");
    if (end < 0) return;
    const headers = this.#buffer.slice(0, end);
    const start = end + 4;
    const length = /\r\ncontent-length: *(\d+)/i.exec(headers)?.[1];
    const status = Number(headers.slice(9, 12));
    const whole =
      length !== undefined
        ? readFixedBody(this.#buffer, start, Number(length))
        : /\r\ntransfer-encoding: *chunked/i.test(headers)
          ? readChunkedBody(this.#buffer, start)
          : { body: "", next: start };
    if (!whole) return;
    this.#buffer = this.#buffer.slice(whole.next);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve({ status, headers, body: Buffer.from(whole.body, "latin1").toString() });
  }
}

type Body = { body: string; next: number } | null;

function readFixedBody(text: string, start: number, length: number): Body {
  return text.length < start + length ? null : { body: text.slice(start, start + length), next: start + length };
}

function readChunkedBody(text: string, start: number): Body {
  let body = "";
  for (let at = start; ; ) {
    const line = text.indexOf("\r\n", at);
    if (line < 0) return null;
    const size = Number.parseInt(text.slice(at, line), 16);
    const next = line + 2 + size + 2;
    if (text.length < next) return null;
    if (size === 0) return { body, next };
    body += text.slice(line + 2, line + 2 + size);
    at = next;
  }
}

type Parts = { method: string; path: string; headers?: Record<string, string>; body?: string };

/** Makes the bytes of a request, with its `Content-Length`. */
export function createRequest({ method, path, headers = {}, body = "" }: Parts): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    "host: localhost",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(method === "GET" ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
