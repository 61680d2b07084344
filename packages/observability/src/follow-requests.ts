import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import { processSingleton } from "@mgs/core/process-singleton";
import { currentRequestId, enterRequestContext, isRequestId } from "@mgs/core/request-context";
import { currentTraceparent } from "@mgs/core/trace-context";

/**
 * Gives every HTTP request to this process an id (the caller's own, when it is valid), runs all its work in that request's
 * context, and adds the id as `X-Request-Id` to every outgoing call of that work, by `node:http` or by `fetch`.
 */
export const followRequests: () => void = processSingleton("mgs.follow-requests", () => {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const given = request.headers["x-request-id"];
    const id = isRequestId(given) ? given : randomUUID();
    // Web-standard handlers read it here.
    request.headers["x-request-id"] = id;
    enterRequestContext({ requestId: id });
  });
  subscribe("http.client.request.created", (message) => {
    const { request } = message as { request: ClientRequest };
    const id = currentRequestId();
    if (id !== undefined && !request.headersSent && !request.hasHeader("x-request-id")) {
      request.setHeader("x-request-id", id);
    }
  });
  subscribe("undici:request:create", (message) => {
    const { request } = message as { request: { addHeader(name: string, value: string): unknown; headers?: unknown } };
    const id = currentRequestId();
    if (id !== undefined && !/(?:^|[\r\n,])x-request-id/i.test(String(request.headers))) {
      request.addHeader("x-request-id", id);
    }
    // OpenTelemetry's instrumentation does this for `node:http`.
    const traceparent = currentTraceparent();
    if (traceparent !== undefined) request.addHeader("traceparent", traceparent);
  });
});
