import { AppError } from "@mgs/core/errors";
import { type Locale, negotiateLocale } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import { withRequestId } from "@mgs/core/request-context";
import { isStorableText } from "@mgs/core/text";
import { fail } from "./envelope";
import { withFormPage } from "./form-page";
import { checkOrigin } from "./origin";
import { createPathMatcher, hasParameters, type PathMatcher } from "./path-pattern";
import { requestIdOf } from "./request-id";
import { type Authenticated, type Call, checkRouteScope, type PublicCall, type Route } from "./route";

/**
 * Authenticates a request.
 * @param allowCachedToken true when the route's own statement checks a token of the cache
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED
 */
export type Authenticate = (request: Request, allowCachedToken: boolean) => Promise<Authenticated>;

export type RouterSettings = {
  authenticate: Authenticate;
  /** This app's public origin. */
  ownOrigin: string;
  logger: Logger;
  /** Language of an unknown caller. Default: that of `Accept-Language`. */
  localeOf?: (headers: Headers) => Locale;
  /** Called before each write of a signed-in caller's cookie, once its Origin is checked; what it throws is answered instead. */
  beforeWrite?: (call: Call) => Promise<void>;
  /** True for an error after which the same call may succeed in a few seconds: it answers 503 instead of 500. */
  isUnavailable?: (error: unknown) => boolean;
};

/** Routes, and the dependencies of their handlers. */
export type RouteGroup = { routes: readonly Route[]; deps: object };

/** Answers requests of one path. */
export type RouteAnswer = (request: Request) => Promise<Response>;

export type Router = {
  /** Finds the answer to requests of this path, of any method; null when no route has it. */
  match(pathname: string): RouteAnswer | null;
  /** Answers any request; one whose path no route has gets 404 in the envelope. */
  fetch(request: Request): Promise<Response>;
};

type Bound = { route: Route; deps: object };
type PathAnswer = (request: Request, params: Record<string, string>) => Promise<Response>;

const RETRY_AFTER_SECONDS = 5;
const WRITES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * Answers requests by declared routes, and does what all of them do alike: method, authentication, Origin, request id,
 * language, and errors in the envelope. An error that is no AppError answers 500 and is logged with the request id,
 * without body or headers.
 * @throws Error when two routes have one method and path
 */
export function createRouter(settings: RouterSettings, groups: readonly RouteGroup[]): Router {
  const exact = new Map<string, PathAnswer>();
  const patterns: { find: PathMatcher; answer: PathAnswer }[] = [];
  for (const [path, bound] of groupByPath(groups)) {
    const answer = createPathAnswer(settings, bound);
    if (hasParameters(path)) patterns.push({ find: createPathMatcher(path), answer });
    else exact.set(path, answer);
  }
  const notFound = createPathAnswer(settings, null);

  function match(pathname: string): RouteAnswer | null {
    const answer = exact.get(pathname);
    if (answer) return (request) => answer(request, {});
    for (const pattern of patterns) {
      const params = pattern.find(pathname);
      if (params) return (request) => pattern.answer(request, params);
    }
    return null;
  }

  return {
    match,
    fetch: (request) => (match(new URL(request.url).pathname) ?? ((call) => notFound(call, {})))(request),
  };
}

function groupByPath(groups: readonly RouteGroup[]): Map<string, Bound[]> {
  const paths = new Map<string, Bound[]>();
  for (const { routes, deps } of groups) {
    for (const route of routes) {
      const others = paths.get(route.path) ?? [];
      if (others.some((other) => other.route.method === route.method)) {
        throw new Error(`two routes answer ${route.method} ${route.path}`);
      }
      paths.set(route.path, [...others, { route, deps }]);
    }
  }
  return paths;
}

/** The answer of one path's routes; null stands for a path that no route has. */
function createPathAnswer(settings: RouterSettings, bound: readonly Bound[] | null): PathAnswer {
  const { authenticate, ownOrigin, logger, isUnavailable, beforeWrite } = settings;
  const { localeOf = (headers: Headers) => negotiateLocale(headers.get("accept-language")) } = settings;
  const byMethod = new Map(bound?.map((one) => [one.route.method as string, one]));
  const allow = allowedMethods([...byMethod.keys()]);

  async function answer(request: Request, params: Record<string, string>): Promise<Response> {
    const requestId = requestIdOf(request.headers);
    const response = await withRequestId(requestId, () => answerCall(requestId, request, params));
    return request.method === "HEAD"
      ? new Response(null, { status: response.status, headers: response.headers })
      : response;
  }

  async function answerCall(requestId: string, request: Request, params: Record<string, string>): Promise<Response> {
    const startedAt = performance.now();
    const known: PublicCall = { request, params, requestId, locale: localeOf(request.headers), logger };
    let entered: PublicCall | Call = known;
    try {
      if (bound === null) throw new AppError("NOT_FOUND");
      if (request.method === "OPTIONS")
        return stamp(new Response(null, { status: 204, headers: { allow } }), requestId);
      const method = request.method === "HEAD" ? "GET" : request.method;
      const found = byMethod.get(method);
      if (!found) return fail(new AppError("METHOD_NOT_ALLOWED"), known.locale, requestId, { headers: { allow } });
      const { route, deps } = found;
      // Declared so that a table of routes can hold any deps; each route was given its own with its group.
      const work = deps as never;
      let response: Response;
      if (route.access === "public") {
        checkParams(params);
        response = await route.handler(known, work);
      } else {
        const call = await enter(known, route.allowCachedToken ?? false);
        entered = call;
        checkRouteScope(route, call.actor);
        if (call.via === "cookie" && WRITES.has(method)) {
          checkOrigin(request.headers, ownOrigin);
          await beforeWrite?.(call);
        }
        checkParams(params);
        response = await route.handler(call, work);
      }
      if (WRITES.has(method)) logWrite(logger, request, response, startedAt);
      return stamp(response, requestId);
    } catch (thrown) {
      const reason = await revalidateBeforeRefusal(entered, thrown);
      const error = toAppError(reason);
      if (error.status >= 500) {
        const { pathname: path } = new URL(request.url);
        logger.error({ err: reason, method: request.method, path }, "request failed");
      }
      return fail(error, entered.locale, requestId, { tokenGiven: request.headers.has("authorization") });
    }
  }

  async function enter(call: PublicCall, allowCachedToken: boolean): Promise<Call> {
    const { actor, via, cachedAuthentication } = await authenticate(call.request, allowCachedToken);
    return { ...call, actor, via, cachedAuthentication, locale: actor.kind === "user" ? actor.locale : call.locale };
  }

  function toAppError(error: unknown): AppError {
    if (error instanceof AppError) return error;
    if (!isUnavailable?.(error)) return new AppError("INTERNAL_ERROR", { cause: error });
    return new AppError("UNAVAILABLE", { cause: error, retryAfter: RETRY_AFTER_SECONDS });
  }

  const formPage = bound?.map(({ route }) => route.formPage).find((page) => page !== undefined);
  return formPage ? withFormPage(answer, formPage) : answer;
}

/** @returns the error to answer: `thrown`, or the one of a token that no longer holds */
async function revalidateBeforeRefusal(call: PublicCall | Call, thrown: unknown): Promise<unknown> {
  try {
    if ("cachedAuthentication" in call) await call.cachedAuthentication?.revalidate();
    return thrown;
  } catch (invalidToken) {
    return invalidToken;
  }
}

/** @throws AppError NOT_FOUND for what PostgreSQL cannot hold */
function checkParams(params: Record<string, string>): void {
  if (!Object.values(params).every(isStorableText)) throw new AppError("NOT_FOUND");
}

/** Logs a call that changed something; reads are counted by /metrics. */
function logWrite(logger: Logger, request: Request, response: Response, startedAt: number): void {
  const { pathname: path } = new URL(request.url);
  const ms = Math.round(performance.now() - startedAt);
  logger.info({ method: request.method, path, status: response.status, ms }, "request");
}

/** Value of `Allow` (RFC 9110 section 10.2.1). */
function allowedMethods(methods: readonly string[]): string {
  return [...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"].join(", ");
}

/** Answers made by `fetch` or `Response.redirect` have headers that cannot be written. */
function stamp(response: Response, requestId: string): Response {
  try {
    response.headers.set("x-request-id", requestId);
    return response;
  } catch {
    const copy = new Response(response.body, response);
    copy.headers.set("x-request-id", requestId);
    return copy;
  }
}
