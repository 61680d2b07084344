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
import { Session } from "../socket/session";
import { FallbackTransport } from "./fallback-transport";
import { closeLine, messagesLine, OPEN } from "./lines";
import { type FallbackPath, parseFallbackPath } from "./path";
import { receiveSent } from "./receive-sent";
import { createReceiver, type Receiver } from "./receiver";
import { createFallbackSessions } from "./sessions";
import type { FallbackTimes } from "./times";
import { createTurns } from "./turns";

/** HTTP requests in the place of a WebSocket, as pusher-js makes them where a network lets no WebSocket through. */
export type Fallback = {
  /** @returns false when the request is none of its own */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /**
   * Sends every client away and opens no session any more. Resolves when all have come for the reason, or after
   * `timeoutMs`.
   */
  stop(reason: CloseReason, timeoutMs: number): Promise<void>;
};

type Exchange = { request: IncomingMessage; response: ServerResponse; url: URL; cors: Record<string, string> };

/** A page has to be able to read that its app does not exist. */
const UNKNOWN_APP = { allowedOrigins: undefined };

const METHODS = ["POST"];

/** The server's side of SockJS's `xhr` and `xhr_streaming`, below the protocol engine that WebSockets have. */
export function createFallback(context: ServerContext, times?: Partial<FallbackTimes>): Fallback {
  const sessions = createFallbackSessions(times);
  let isStopped = false;

  /** Waits for messages: opens the session with the first request, and goes on with each later one. */
  function receive(path: FallbackPath, { request, response, url, cors }: Exchange): void {
    const receiver = createReceiver(response, path.kind === "xhr_streaming", cors);
    const known = sessions.get(path.session);
    if (known?.transport.isReceiving) {
      refuse(receiver, closeLine(2010, "Another connection still open"));
      return;
    }
    if (known !== undefined) {
      known.session.receiveOther();
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
    const transport = new FallbackTransport((closeCode) => session.ended(closeCode));
    transport.attach(receiver);
    const { app, answersPing } = admission;
    const session = new Session(context, { app, transport, address, answersPing });
    sessions.add(path.session, { session, transport, turns: createTurns() });
  }

  function send(path: FallbackPath, { request, response, cors }: Exchange): void {
    const known = sessions.get(path.session);
    const answer = (reply: Reply): void => sendReply(response, { ...reply, headers: { ...cors, ...reply.headers } });
    if (known === undefined || !known.transport.isOpen) {
      answer(problem(404, "Unknown session"));
      return;
    }
    if (known.turns.waiting >= context.limits.maxMessagesPerSecond) {
      known.session.connection.close({ code: CloseCode.overCapacity, message: "Too many messages in a second" });
    }
    void receiveSent(request, known, context.limits.maxFrameBytes).then(answer);
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
      const told: Promise<void>[] = [];
      for (const { session, transport } of sessions.all()) {
        session.connection.close(reason);
        told.push(transport.toldClose);
      }
      await Promise.race([Promise.all(told), delay(timeoutMs, undefined, { ref: false })]);
      sessions.stop();
    },
  };
}

const ORIGIN_REFUSED = problem(403, "Origin not allowed");

function refuse(receiver: Receiver, lines: string): void {
  receiver.write(lines);
  receiver.end();
}
