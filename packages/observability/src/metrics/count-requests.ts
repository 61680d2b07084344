import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { processSingleton } from "@mgs/core/process-singleton";
import { metrics } from "./registry";

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Counts and times every HTTP request of this process, by Node's own diagnostics. It leaves out requests whose caller
 * disconnects before the answer. Call it once when the process starts.
 * @param routeOf maps a path to a label of few values
 */
export function countRequests(routeOf: (path: string) => string): void {
  const state = requestCounter();
  state.routeOf = routeOf;
}

type Exchange = { request: IncomingMessage; response: ServerResponse };

const requestCounter = processSingleton("mgs.count-requests", () => {
  const state: { routeOf: (path: string) => string } = { routeOf: () => "other" };
  // The path is read here, because a mounted handler rewrites `request.url`.
  const started = new WeakMap<IncomingMessage, { at: number; path: string; method: string }>();
  subscribe("http.server.request.start", (message) => {
    const { request } = message as Exchange;
    started.set(request, { at: performance.now(), path: request.url ?? "/", method: request.method ?? "" });
  });
  subscribe("http.server.response.finish", (message) => {
    const { request, response } = message as Exchange;
    const start = started.get(request);
    if (!start) return;
    const labels = {
      method: METHODS.has(start.method) ? start.method : "other",
      route: state.routeOf(start.path),
      status: String(response.statusCode),
    };
    metrics().requests.observe(labels, (performance.now() - start.at) / 1_000);
  });
  return state;
});
