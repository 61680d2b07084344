import { type Actor, requireScope } from "@mgs/core/actor";
import type { CachedAuthentication } from "@mgs/core/cached-authentication";
import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";
import type { Scope } from "@mgs/core/scopes";

/** Methods that a route can have; HEAD and OPTIONS follow from them. */
export const ROUTE_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type RouteMethod = (typeof ROUTE_METHODS)[number];

/** The caller and its credential. A browser sends cookies by itself, so only `cookie` needs the Origin check. */
export type Authenticated = {
  actor: Actor;
  via: "cookie" | "bearer";
  cachedAuthentication?: CachedAuthentication | undefined;
};

/** Argument of a public route's handler. */
export type PublicCall = {
  request: Request;
  params: Record<string, string>;
  requestId: string;
  locale: Locale;
  logger: Logger;
};

/** Argument of a signed-in route's handler; `locale` is the person's own. */
export type Call = PublicCall & Authenticated;

type Declaration = {
  method: RouteMethod;
  /** Path with its parameters in braces: `/api/notifications/{id}`. A parameter is one segment. */
  path: `/${string}`;
  /** Portals that have this route. Default: all. */
  portals?: readonly Portal[];
  /** The body that the handler reads; a larger one answers 413. */
  body?: { kind: "json" | "form"; maxBytes: number };
  /** A query without which the route refuses, such as `?after=0`. */
  query?: string;
  /** The page whose form posts here (with this query): it shows refusals to people, and a browser's GET is redirected to it. */
  formPage?(params: Record<string, string>, query: URLSearchParams): string;
};

/** Needs no authentication. */
type PublicAccess = { access: "public" };

/** Needs a session's cookie or an access token. */
type SignedInAccess = {
  access: "signed-in";
  /** Scope that a person's token needs; null when it depends on the input, so that the handler checks it. */
  scope: Scope | null;
  /** True when machine clients may call, if the use case allows it; otherwise the use case requires a person. */
  programs?: boolean;
  /**
   * True when the call may have `cachedAuthentication`: the handler's own statement then checks the token. The router looks the
   * token up before it answers a refusal.
   */
  allowCachedToken?: boolean;
};

type PublicRoute<Deps> = Declaration &
  PublicAccess & { handler(call: PublicCall, deps: Deps): Promise<Response> | Response };

type SignedInRoute<Deps> = Declaration &
  SignedInAccess & { handler(call: Call, deps: Deps): Promise<Response> | Response };

/**
 * One route, declared once for the router, the fast path, `mgs routes`, the table of bad input and the OpenAPI document.
 * @typeParam Deps dependencies of the handler
 */
export type Route<Deps = never> = PublicRoute<Deps> | SignedInRoute<Deps>;

/** A route without its handler. */
export type RouteDeclaration = Declaration & (PublicAccess | SignedInAccess);

/** Tells whether a portal has a route. */
export function isRouteOf(portal: Portal, { portals }: Pick<RouteDeclaration, "portals">): boolean {
  return portals === undefined || portals.includes(portal);
}

/**
 * Refuses a machine client where a route is for people alone, and checks the scope of a person's token. Use cases check the permissions of
 * machine clients that may call.
 * @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE
 */
export function checkRouteScope({ scope, programs }: Pick<SignedInAccess, "scope" | "programs">, actor: Actor): void {
  if (actor.kind === "client" && !programs) throw new AppError("FORBIDDEN");
  if (actor.kind === "user" && scope !== null) requireScope(actor, scope);
}
