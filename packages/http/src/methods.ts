import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const ALLOWED = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** A web-standard `Request` cannot have these methods; the framework would answer them with a 500. */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

/** A method that `Request` accepts and none of our routes has. */
const SUBSTITUTE_METHOD = "PROPFIND";

/** Value of `Allow` for a method that no address has. */
export const KNOWN_METHODS: string = ALLOWED.join(", ");

export function isKnownMethod(method: string): boolean {
  return ALLOWED.includes(method);
}

/** Replaces forbidden methods, such as TRACE, by an unknown one that routes refuse. Call it once when the process starts. */
export function replaceForbiddenMethods(): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const request = message.request as IncomingMessage;
    if (FORBIDDEN_METHODS.has(request.method ?? "")) request.method = SUBSTITUTE_METHOD;
  });
}
