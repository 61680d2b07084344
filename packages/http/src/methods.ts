import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const KNOWN = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What a web-standard `Request` cannot be made of: the framework's attempt would end in a 500. */
const FORBIDDEN: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

/** Some method that `Request` accepts and none of our routes knows. */
const STRANGER = "PROPFIND";

/** Value of `Allow` where a method is refused whatever the address. */
export const KNOWN_METHODS: string = KNOWN.join(", ");

export function isKnownMethod(method: string): boolean {
  return KNOWN.includes(method);
}

/** Lets TRACE and its like reach the code that refuses unknown methods. Call once when the process starts. */
export function tameForbiddenMethods(): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const request = message.request as IncomingMessage;
    if (FORBIDDEN.has(request.method ?? "")) request.method = STRANGER;
  });
}
