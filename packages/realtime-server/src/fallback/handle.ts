import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { ServerContext } from "../context";
import { corsHeaders, preflightReply } from "../http/cors";
import { notAllowed, problem, type Reply, sendReply } from "../http/reply";
import { isOriginAllowed } from "../network/origin";
import { CloseCode, type CloseReason } from "../protocol/close-codes";
import { errorFrame } from "../protocol/frames";
import { parseRequestUrl } from "../request-url";
import { admit } from "../socket/admission";
import { ClientSession } from "../socket/client-session";
import { FallbackTransport } from "./fallback-transport";
import { closeLine, messagesLine, OPEN } from "./lines";
import { type FallbackPath, parseFallbackPath } from "./path";
import { receiveMessages } from "./receive-sent";
import { createReceiver, type Receiver } from "./receiver";
import { createSerialQueue } from "./serial-queue";
import { createFallbackSessions } from "./sessions";
import type { FallbackTimes } from "./times";

/** The HTTP fallback: pusher-js sends requests where a network lets no WebSocket through. */
export type Fallback = {
  /** @returns false for a request of another path, which is not handled then */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /**
   * Closes every session and opens no new one. Resolves when all clients have got the reason, or after `timeoutMs`.
   */
  stop(reason: CloseReason, timeoutMs: number): Promise<void>;
};

type Exchange = { request: IncomingMessage; response: ServerResponse; url: URL; cors: Record<string, string> };

/** CORS headers of an unknown app: a page has to be able to read the refusal. */
const UNKNOWN_APP = { allowedOrigins: undefined };

const METHODS = ["POST"];

/** Creates the server side of SockJS's `xhr` and `xhr_streaming` for the protocol engine of WebSockets. */
export function createFallback(context: ServerContext, times?: Partial<FallbackTimes>): Fallback {
  const sessions = createFallbackSessions(times);
  let isStopped = false;

  /** Answers a request for messages: the first one opens the session, later ones continue it. */
  function receive(path: FallbackPath, { request, response, url, cors }: Exchange): void {
    const receiver = createReceiver(response, path.kind === "xhr_streaming", cors);
    const known = sessions.get(path.session);
    if (known?.transport.hasReceiver) {
      refuse(receiver, closeLine(2010, "Another connection still open"));
      return;
    }
    if (known !== undefined) {
      known.client.receiveControlFrame();
      known.transport.attach(receiver);
      return;
    }
    const caller = context.callerOf(request);
    const admission = admit(new URL(`/app/${path.key}${url.search}`, url), context, caller);
    const { address } = caller;
    if (admission.refusal !== undefined) {
      const { code, message } = admission.refusal;
      context.logger.debug({ closeCode: code, address }, "connection refused");
      const error = errorFrame(admission.refusal).payload.toString();
      refuse(receiver, OPEN + messagesLine([error]) + closeLine(code, message));
      return;
    }
    const transport = new FallbackTransport((closeCode) => client.end(closeCode));
    transport.attach(receiver);
    const { app, answersPing } = admission;
    const client = new ClientSession(context, { app, transport, address, answersPing });
    sessions.add(path.session, { client, transport, incoming: createSerialQueue() });
  }

  function send(path: FallbackPath, { request, response, cors }: Exchange): void {
    const known = sessions.get(path.session);
    const answer = (reply: Reply): void => sendReply(response, { ...reply, headers: { ...cors, ...reply.headers } });
    if (known === undefined || !known.transport.isOpen) {
      answer(problem(404, "Unknown session"));
      return;
    }
    if (known.incoming.pending >= context.limits.maxMessagesPerSecond) {
      known.client.connection.close({ code: CloseCode.overCapacity, message: "Too many messages in a second" });
    }
    void receiveMessages(request, known, context.limits.maxFrameBytes).then(answer);
  }

  return {
    handle(request, response) {
      const url = parseRequestUrl(request);
      const path = url && parseFallbackPath(url.pathname);
      if (url === undefined || path === undefined) return false;
      if (isStopped && sessions.get(path.session) === undefined) {
        sendReply(response, { ...problem(503, "Server is restarting"), headers: { connection: "close" } });
        return true;
      }
      const app = context.apps.byKey(path.key)?.app ?? UNKNOWN_APP;
      const { headers, method = "" } = request;
      const exchange = { request, response, url, cors: corsHeaders(headers, app) };
      if (method === "OPTIONS") sendReply(response, preflightReply(headers, app, METHODS));
      else if (!isOriginAllowed(headers.origin, app.allowedOrigins)) sendReply(response, ORIGIN_REFUSED);
      else if (method !== "POST") sendReply(response, notAllowed(METHODS));
      else if (path.kind === "xhr_send") send(path, exchange);
      else receive(path, exchange);
      return true;
    },
    async stop(reason, timeoutMs) {
      isStopped = true;
      const delivered: Promise<void>[] = [];
      for (const { client, transport } of sessions.all()) {
        client.connection.close(reason);
        delivered.push(transport.closeDelivered);
      }
      await Promise.race([Promise.all(delivered), delay(timeoutMs, undefined, { ref: false })]);
      sessions.stop();
    },
  };
}

const ORIGIN_REFUSED = problem(403, "Origin not allowed");

function refuse(receiver: Receiver, lines: string): void {
  receiver.write(lines);
  receiver.end();
}
