import type { IncomingMessage, ServerResponse } from "node:http";
import type { App } from "../apps";
import { signedParams, verifyRequest } from "../auth/http-signature";
import type { ServerContext } from "../context";
import { answerOperations } from "../ops/operations";
import { parseRequestUrl } from "../request-url";
import { answerEchoRequest } from "../socket-io/echo-api";
import { readBody } from "./body";
import { corsHeaders, preflightReply } from "./cors";
import { notAllowed, problem, type Reply, sendReply } from "./reply";
import type { ApiRoute } from "./route";
import { routes } from "./routes";

const APP_PATH = /^\/apps\/(?<app>[^/]+)(?<rest>\/.*)$/;

/** Answers every HTTP request of the server's port. No content of a request leads to an answer of 500. */
export function createHttpHandler(
  context: ServerContext,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(request, context).then(
      (reply) => sendReply(response, reply),
      (error: unknown) => {
        // The publisher disconnected before its body was read.
        if (!request.complete) return;
        context.logger.error({ err: error }, "http request failed");
        sendReply(response, problem(500, "Internal error"));
      },
    );
  };
}

async function answer(request: IncomingMessage, context: ServerContext): Promise<Reply> {
  const url = parseRequestUrl(request);
  if (url === undefined) return problem(400, "Invalid request target or host");
  const method = request.method ?? "";
  const operations = await answerOperations(request, url.pathname, context, "shared");
  if (operations !== undefined) return operations;
  const echo = await answerEchoRequest(request, url, context);
  if (echo !== undefined) return echo;
  if (url.pathname.startsWith("/app/")) return { ...problem(426, "WebSocket only"), headers: { upgrade: "websocket" } };

  const groups = APP_PATH.exec(url.pathname)?.groups;
  const appId = decode(groups?.app ?? "");
  const matches = routes.flatMap((route) => matchRoute(route, groups?.rest ?? ""));
  if (matches.length === 0 || appId === undefined) return problem(404, "Not found");
  const app = context.apps.byId(appId);
  const methods = matches.map(({ route }) => route.method);
  if (method === "OPTIONS" && app !== undefined) return preflightReply(request.headers, app, methods);
  const match = matches.find(({ route }) => route.method === method);
  if (match === undefined) return notAllowed(methods);
  if (app === undefined) return problem(404, "Unknown app");
  const reply = await answerApp(request, url, { app, match }, context);
  return { ...reply, headers: { ...corsHeaders(request.headers, app), ...reply.headers } };
}

async function answerApp(
  request: IncomingMessage,
  url: URL,
  { app, match }: { app: App; match: RouteMatch },
  context: ServerContext,
): Promise<Reply> {
  const method = request.method ?? "";
  const { body, tooLarge } = await readBody(request, context.limits.maxHttpBodyBytes);
  if (tooLarge !== undefined) {
    const refusal = problem(413, `The body exceeds ${context.limits.maxHttpBodyBytes} bytes`);
    return tooLarge.isRead ? refusal : { ...refusal, headers: { connection: "close" } };
  }

  const params = signedParams(url.searchParams);
  const refusal = verifyRequest({ method, path: url.pathname, params, body }, app, Date.now());
  if (refusal !== undefined) return problem(401, refusal);
  if (!app.enabled) return problem(403, "Application disabled");
  if (match.params === undefined) return problem(400, "Invalid percent-encoding in the path");
  return match.route.act({ app, params: match.params, query: params, body, context });
}

type RouteMatch = { route: ApiRoute; params: Record<string, string> | undefined };

function matchRoute(route: ApiRoute, path: string): RouteMatch[] {
  const found = route.path.exec(path);
  if (found === null) return [];
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(found.groups ?? {})) {
    const decoded = decode(value);
    if (decoded === undefined) return [{ route, params: undefined }];
    params[name] = decoded;
  }
  return [{ route, params }];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
