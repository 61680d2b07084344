import { request } from "node:http";
import { onTestFinished } from "vitest";
import { APP } from "./start-server";

/** The HTTP fallback without a library: one session, its requests made one by one. */
export class FallbackClient {
  readonly base: string;

  constructor(port: number, { key = APP.key, session = Math.random().toString(36).slice(2, 12) } = {}) {
    this.base = `http://127.0.0.1:${port}/pusher/app/${key}/123/${session.padEnd(8, "0")}`;
  }

  /** Waits for messages, or opens the session. */
  async poll(headers: Record<string, string> = {}): Promise<string> {
    const response = await fetch(`${this.base}/xhr?protocol=7&client=js&version=8`, { method: "POST", headers });
    return response.text();
  }

  /** Waits for messages on one response; ends with the test. */
  stream(headers: Record<string, string> = {}): Promise<Stream> {
    return openStream(`${this.base}/xhr_streaming?protocol=7&client=js&version=8`, headers);
  }

  send(...messages: unknown[]): Promise<Response> {
    return this.sendBody(JSON.stringify(messages.map((message) => JSON.stringify(message))));
  }

  sendBody(body: string): Promise<Response> {
    return fetch(`${this.base}/xhr_send`, { method: "POST", body });
  }
}

export type Stream = {
  readonly headers: NodeJS.Dict<string | string[]>;
  /** Resolves with all received text when it satisfies the predicate. */
  until(satisfies: (text: string) => boolean): Promise<string>;
  /** Resolves with all that came until it ended. */
  readonly ended: Promise<string>;
  abort(): void;
  /** Reads nothing more. */
  pause(): void;
};

function openStream(url: string, headers: Record<string, string>): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers }, (response) => {
      let text = "";
      const waiting = new Set<() => void>();
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        for (const check of waiting) check();
      });
      resolve({
        headers: response.headers,
        until: (satisfies) =>
          new Promise((found) => {
            const check = (): void => {
              if (!satisfies(text)) return;
              waiting.delete(check);
              found(text);
            };
            waiting.add(check);
            check();
          }),
        ended: new Promise((end) => response.on("close", () => end(text))),
        abort: () => void sent.destroy(),
        pause: () => void response.pause(),
      });
    });
    sent.on("error", reject).end();
    onTestFinished(() => void sent.destroy());
  });
}
