import { type Actor, requireScope } from "@mgs/core/actor";
import type { CachedAuthentication } from "@mgs/core/cached-authentication";
import { AppError } from "@mgs/core/errors";
import { type Locale, negotiateLocale } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import { withRequestId } from "@mgs/core/request-context";
import type { Scope } from "@mgs/core/scopes";
import { isStorableText } from "@mgs/core/text";
import { fail } from "./envelope";
import { checkOrigin } from "./origin";
import { requestIdOf } from "./request-id";

/** Who calls, and what proved it: a browser sends cookies by itself, so only `cookie` needs the Origin check. */
export type Authenticated = {
  actor: Actor;
  via: "cookie" | "bearer";
  cachedAuthentication?: CachedAuthentication | undefined;
};

/**
 * @param allowCachedToken the route checks a token from the cache itself, in the statement that acts
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED
 */
export type Authenticate = (request: Request, allowCachedToken: boolean) => Promise<Authenticated>;

/** What a public route's handler receives. */
export type PublicCall = {
  request: Request;
  params: Record<string, string>;
  requestId: string;
  locale: Locale;
  logger: Logger;
};

/** What a signed-in route's handler receives; `locale` is the person's own. */
export type Call = PublicCall & Authenticated;

type TableMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Method = TableMethod | "HEAD" | "OPTIONS";
type Handler<C> = (call: C) => Promise<Response> | Response;
type Table<C> = Partial<Record<TableMethod, Handler<C>>>;

export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** One web-standard handler a method, as a Next `route.ts` exports them. `context` may be left out where nothing is in the path. */
export type RouteHandlers = Record<Method, (request: Request, context?: RouteContext) => Promise<Response>>;

export type RouteTools = {
  /**
   * A route for signed-in callers. Each method names the scope that a person's token needs for it, or `null` where the
   * handler decides; what a program may do is the use case's matter. With `allowCachedToken`, a call may have
   * `cachedAuthentication`: its handler lets the statement that acts check the token. Refusals are answered here, after the
   * token has been looked up.
   */
  route<M extends TableMethod>(
    table: Record<M, Handler<Call>>,
    options: { scopes: NoInfer<Record<M, Scope | null>>; allowCachedToken?: boolean },
  ): RouteHandlers;
  /** A route that anybody may call. */
  publicRoute(table: Table<PublicCall>): RouteHandlers;
};

type RouteSettings = {
  authenticate: Authenticate;
  /** This app's public origin. */
  ownOrigin: string;
  logger: Logger;
  /** Language of a caller whom nobody knows; what the browser asks for, unless given. */
  localeOf?: (headers: Headers) => Locale;
  /** True for an error after which the same call may succeed in a few seconds: it answers 503 instead of 500. */
  isUnavailable?: (error: unknown) => boolean;
};

/** How a call is let in: `enter` finds out who calls, `guard` refuses what this caller may not do. */
type Admission<C> = {
  enter(call: PublicCall): Promise<C> | C;
  guard(call: C): void;
  revalidate?(call: C): Promise<void>;
};

/**
 * What every API route does alike: method, authentication, Origin, request id, language, and errors in the envelope.
 * An error that is no AppError answers 500 and is logged with the request id, without body or headers.
 */
export function createRoutes({
  authenticate,
  ownOrigin,
  logger,
  localeOf = (headers) => negotiateLocale(headers.get("accept-language")),
  isUnavailable,
}: RouteSettings): RouteTools {
  function answer<C extends PublicCall>(table: Table<C>, admission: Admission<C>): RouteHandlers {
    const allow = allowedMethods(table);

    function handle(request: Request, context?: RouteContext): Promise<Response> {
      const requestId = requestIdOf(request.headers);
      return withRequestId(requestId, () => answerCall(requestId, request, context));
    }

    async function answerCall(requestId: string, request: Request, context?: RouteContext): Promise<Response> {
      const start = performance.now();
      let locale = localeOf(request.headers);
      let entered: C | undefined;
      try {
        if (request.method === "OPTIONS")
          return stamped(new Response(null, { status: 204, headers: { allow } }), requestId);
        const method = request.method === "HEAD" ? "GET" : request.method;
        const handler = isTableMethod(method) ? table[method] : undefined;
        if (!handler) return fail(new AppError("METHOD_NOT_ALLOWED"), locale, requestId, { headers: { allow } });
        const params = singleParams(await context?.params);
        const call = await admission.enter({ request, params, requestId, locale, logger });
        entered = call;
        locale = call.locale;
        admission.guard(call);
        if (!Object.values(params).every(isStorableText)) throw new AppError("NOT_FOUND");
        const response = stamped(await handler(call), requestId);
        // Reads are counted by /metrics; what changed something is told one by one.
        if (WRITES.has(method)) {
          const { pathname: path } = new URL(request.url);
          const ms = Math.round(performance.now() - start);
          logger.info({ method, path, status: response.status, ms }, "request");
        }
        return response;
      } catch (thrown) {
        const error = entered ? await revalidateBeforeRefusal(admission, entered, thrown) : thrown;
        const known = error instanceof AppError ? error : unexpected(error);
        if (known.status >= 500) {
          const path = new URL(request.url).pathname;
          logger.error({ err: error, method: request.method, path }, "request failed");
        }
        return fail(known, locale, requestId, { tokenGiven: request.headers.has("authorization") });
      }
    }

    function unexpected(cause: unknown): AppError {
      if (!isUnavailable?.(cause)) return new AppError("INTERNAL_ERROR", { cause });
      return new AppError("UNAVAILABLE", { cause, retryAfter: RETRY_AFTER_SECONDS });
    }

    const head: RouteHandlers["HEAD"] = async (request, context) => {
      const { status, headers } = await handle(request, context);
      return new Response(null, { status, headers });
    };
    return { GET: handle, HEAD: head, POST: handle, PUT: handle, PATCH: handle, DELETE: handle, OPTIONS: handle };
  }

  return {
    publicRoute: (table) => answer(table, { enter: (call) => call, guard: () => undefined }),
    route: (table, { scopes, allowCachedToken = false }) =>
      answer<Call>(table as Table<Call>, {
        enter: async (call) => {
          const { actor, via, cachedAuthentication } = await authenticate(call.request, allowCachedToken);
          return {
            ...call,
            actor,
            via,
            cachedAuthentication,
            locale: actor.kind === "user" ? actor.locale : call.locale,
          };
        },
        guard: ({ actor, via, request }) => {
          const method = request.method === "HEAD" ? "GET" : request.method;
          const scope = (scopes as Partial<Record<string, Scope | null>>)[method];
          if (actor.kind === "user" && scope) requireScope(actor, scope);
          if (via === "cookie" && WRITES.has(request.method)) checkOrigin(request.headers, ownOrigin);
        },
        revalidate: async ({ cachedAuthentication }) => cachedAuthentication?.revalidate(),
      }),
  };
}

/** @returns the error to answer: `thrown`, or the one of a token that no longer holds */
async function revalidateBeforeRefusal<C>(admission: Admission<C>, call: C, thrown: unknown): Promise<unknown> {
  try {
    await admission.revalidate?.(call);
    return thrown;
  } catch (invalidToken) {
    return invalidToken;
  }
}

const RETRY_AFTER_SECONDS = 5;

const WRITES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const TABLE_METHODS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"] satisfies TableMethod[];

function isTableMethod(method: string): method is TableMethod {
  return TABLE_METHODS.includes(method);
}

/** Value of `Allow` (RFC 9110 section 10.2.1). */
function allowedMethods(table: Partial<Record<TableMethod, unknown>>): string {
  const methods = Object.keys(table).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return [...methods, "OPTIONS"].join(", ");
}

/** A catch-all's segments are joined again: a handler reads each parameter as one text. */
function singleParams(params: Record<string, string | string[] | undefined> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join("/") : (value ?? "")]),
  );
}

/** Answers made by `fetch` or `Response.redirect` have headers that cannot be written. */
function stamped(response: Response, requestId: string): Response {
  try {
    response.headers.set("x-request-id", requestId);
    return response;
  } catch {
    const copy = new Response(response.body, response);
    copy.headers.set("x-request-id", requestId);
    return copy;
  }
}
