import type { ServerResponse } from "node:http";

/** An answer of the HTTP API: JSON for data, plain text for an error. */
export type Reply = { status: number; body: Record<string, unknown> | string; headers?: Record<string, string> };

const NO_CONTENT = 204;

export const ok = (body: Record<string, unknown> = {}): Reply => ({ status: 200, body });
export const problem = (status: number, message: string): Reply => ({ status, body: message });

export const notAllowed = (methods: readonly string[]): Reply => ({
  ...problem(405, "Method not allowed"),
  headers: { allow: methods.join(", ") },
});

/** Writes an answer; does nothing when the publisher has disconnected. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.headersSent) return;
  if (reply.status === NO_CONTENT) {
    response.writeHead(NO_CONTENT, { "cache-control": "no-store", ...reply.headers }).end();
    return;
  }
  const isText = typeof reply.body === "string";
  const body = Buffer.from(isText ? `${reply.body}\n` : JSON.stringify(reply.body));
  response.writeHead(reply.status, {
    "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
    "content-length": body.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...reply.headers,
  });
  response.end(body);
}
