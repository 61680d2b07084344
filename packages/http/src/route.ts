import { type Actor, requireScope } from "@mgs/core/actor";
import type { CachedAuthentication } from "@mgs/core/cached-authentication";
import type { Locale } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";
import type { Scope } from "@mgs/core/scopes";

/** Methods that a route can have; HEAD and OPTIONS follow from them. */
export const ROUTE_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type RouteMethod = (typeof ROUTE_METHODS)[number];

/** Who calls, and what proved it: a browser sends cookies by itself, so only `cookie` needs the Origin check. */
export type Authenticated = {
  actor: Actor;
  via: "cookie" | "bearer";
  cachedAuthentication?: CachedAuthentication | undefined;
};

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

type Declaration = {
  method: RouteMethod;
  /** Path with its parameters in braces: `/api/notifications/{id}`. A parameter is one segment. */
  path: `/${string}`;
  /** Portals that have this route; all, unless given. */
  portals?: readonly Portal[];
  /** The body that the handler reads; a larger one answers 413. */
  body?: { kind: "json" | "form"; maxBytes: number };
  /** A query without which the route refuses, such as `?after=0`. */
  query?: string;
  /** The page whose form posts here: people see refusals there, and are led there by a GET. */
  formPage?(params: Record<string, string>): string;
};

/** Anybody may call. */
type PublicAccess = { access: "public" };

/** A session's cookie or a token is asked for. */
type SignedInAccess = {
  access: "signed-in";
  /** The scope that a person's token needs; null where it depends on what is asked for, so that the handler decides. */
  scope: Scope | null;
  /** Programs with a token of their own may call, if the use case lets them; else the use case wants a person. */
  programs?: boolean;
  /**
   * The call may have `cachedAuthentication`: the handler lets the statement that acts check the token. Refusals are
   * answered after the token has been looked up.
   */
  allowCachedToken?: boolean;
};

type PublicRoute<Deps> = Declaration &
  PublicAccess & { handler(call: PublicCall, deps: Deps): Promise<Response> | Response };

type SignedInRoute<Deps> = Declaration &
  SignedInAccess & { handler(call: Call, deps: Deps): Promise<Response> | Response };

/**
 * One route, declared once: the router answers by it, and so do the fast path, `mgs routes`, the table of bad input and
 * the OpenAPI document.
 * @typeParam Deps what the handler works with, besides the call
 */
export type Route<Deps = never> = PublicRoute<Deps> | SignedInRoute<Deps>;

/** What a route says of itself; its handler left out. */
export type RouteDeclaration = Declaration & (PublicAccess | SignedInAccess);

/** Whether a portal has a route. */
export function isRouteOf(portal: Portal, { portals }: Pick<RouteDeclaration, "portals">): boolean {
  return portals === undefined || portals.includes(portal);
}

/**
 * Checks the scope of a person's token; what a program may do is the use case's matter.
 * @throws AppError INSUFFICIENT_SCOPE
 */
export function checkRouteScope({ scope }: Pick<SignedInAccess, "scope">, actor: Actor): void {
  if (actor.kind === "user" && scope !== null) requireScope(actor, scope);
}
