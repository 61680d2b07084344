import type { AccessProof } from "./access-proof";
import { AppError } from "./errors";
import type { Locale } from "./locale";
import type { Portal } from "./portals";
import type { Role } from "./roles";
import type { Scope } from "./scopes";

/** An administrator acts in a person's place, for support: a row of `impersonations`, which ends by itself at `expiresAt`. */
export type Impersonation = { id: string; administrator: { id: number; name: string }; expiresAt: Date };

/** A person, by portal session or by an access token issued to `clientId`. */
export type UserActor = {
  kind: "user";
  userId: number;
  role: Role;
  /** Portals that the role opens, as this call's look-up read them. Unset: none, except for administrators. */
  portals?: readonly Portal[];
  /** Actions that the role was granted, as this call's look-up read them. Unset: none, except for administrators. */
  permissions?: readonly string[];
  locale: Locale;
  /** Row of `user_sessions`: the device that this call comes from. */
  userSessionId: string;
  /** OAuth client through which the call came (a portal's own id for its cookie sessions). */
  clientId: string;
  scopes: readonly string[];
  /** Session or grant that the call depends on, besides the user session; unset: none. */
  proof?: AccessProof;
  /** Who in truth acts as this person. Rights, names and data are the person's; the sign-in is the administrator's. */
  impersonation?: Impersonation;
};

/** A program that authenticated by client credentials. */
export type ClientActor = { kind: "client"; clientId: string; scopes: readonly string[] };

/** Our own worker, scheduled jobs and the command line. */
export type SystemActor = { kind: "system"; name: string };

export type Actor = UserActor | ClientActor | SystemActor;

/** Requires a person. @throws AppError FORBIDDEN */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind !== "user") throw new AppError("FORBIDDEN");
  return actor;
}

/**
 * Refuses what an administrator may not do in a person's place: whatever changes how that person signs in, what protects their account,
 * or what they have seen.
 * @throws AppError IMPERSONATION_REFUSED
 */
export function refuseWhileImpersonating(actor: Actor): void {
  if (actor.kind === "user" && actor.impersonation) throw new AppError("IMPERSONATION_REFUSED");
}

/**
 * Requires that a token was issued for a scope. A session's cookie has every scope.
 * @throws AppError INSUFFICIENT_SCOPE
 */
export function requireScope(actor: Actor, scope: Scope): void {
  if (actor.kind !== "system" && !actor.scopes.includes(scope)) throw new AppError("INSUFFICIENT_SCOPE", { scope });
}

/** Makes the stable key of an actor for rate limits, idempotency and audit, such as `user:1` or `client:erp`. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "client":
      return `client:${actor.clientId}`;
    case "system":
      return `system:${actor.name}`;
  }
}
