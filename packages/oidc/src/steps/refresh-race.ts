import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "@mgs/core/clock";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { endSession, type SessionEndDeps } from "@mgs/identity/sessions/end-session";
import { findLiveByOidcUid } from "@mgs/identity/sessions/user-sessions.repository";
import type { KoaContextWithOIDC } from "oidc-provider";
import { findReplay, type ReplayKey } from "../refresh-replays.repository";
import { currentUnitOfWork } from "../unit-of-work";
import type { Step } from "./step";

type ReadDeps = { database: Database; sealer: Sealer };
type Deps = ReadDeps & Omit<SessionEndDeps, "clock">;

/** How long a request waits for the answer of the one that won the race, and how often it looks for it. */
const WINNER_TIMEOUT_MS = 3_000;
const POLL_MS = 20;

/** @property reusedUid `uid` of the provider session whose refresh token was presented again after the window */
type Race = { lost: boolean; reusedUid: string | null };
const races = new AsyncLocalStorage<Race>();

/** Thrown out of the adapter to stop the provider before it takes a race for a reuse. */
export class RefreshRaceLost extends Error {
  override readonly name = "RefreshRaceLost";
}

/**
 * Called by the adapter when a refresh token turns out to have been rotated within the window: a race where the token is
 * presented for a refresh, and nothing special where it is revoked or introspected.
 * @throws RefreshRaceLost
 */
export function reportRace(): void {
  const race = races.getStore();
  if (!race) return;
  race.lost = true;
  throw new RefreshRaceLost("this refresh token was rotated a moment ago");
}

/**
 * Called by the adapter when a refresh token turns out to have been rotated before the window. Presented for a refresh by its own
 * client it is a reuse: the library revokes its family, and the sign-in ends after that (`endReusedSession`).
 */
export function reportReuse({ sessionUid, clientId }: { sessionUid?: unknown; clientId?: unknown }): void {
  const race = races.getStore();
  const isOwn = currentUnitOfWork()?.context?.oidc?.client?.clientId === clientId;
  if (race && isOwn && typeof sessionUid === "string") race.reusedUid = sessionUid;
}

/**
 * Gives racing requests of one client the same answer: they present the same refresh token within moments of each other;
 * the first rotates it, the others get the first one's answer. After the window the provider's own rule applies: reuse
 * revokes the whole family (RFC 9700 section 4.14.2).
 */
export function replayRefresh(deps: Deps): Step {
  return async (ctx, next) => {
    if (ctx.method !== "POST") return next();
    const race: Race = { lost: false, reusedUid: null };
    await races.run(race, next);
    if (race.reusedUid !== null) await endReusedSession(deps, race.reusedUid);
    if (race.lost) return replayWinnersResponse(deps, ctx);
    const key = replayKey(ctx);
    const unit = currentUnitOfWork();
    if (key && unit && ctx.status === 200) unit.replay = { key, answer: JSON.stringify(ctx.body) };
  };
}

/** Ends the sign-in of a token that two have: its person, or a thief. Both have to sign in, and only one can. */
async function endReusedSession(deps: Deps, oidcSessionUid: string): Promise<void> {
  const session = await findLiveByOidcUid(deps.database, oidcSessionUid);
  if (!session) return;
  const input = { userSessionId: session.id, reason: "token-reuse" } as const;
  await endSession({ ...deps, clock: systemClock }, { kind: "system", name: "oidc" }, input);
}

/** Answers a request whose token or code another one consumed first: a refresh gets that one's answer, a code an error. */
export async function replayWinnersResponse(deps: ReadDeps, ctx: KoaContextWithOIDC): Promise<void> {
  const key = replayKey(ctx);
  const answer = key && (await waitForReplay(deps, key));
  ctx.status = answer ? 200 : 400;
  ctx.body = answer ? JSON.parse(answer) : { error: "invalid_grant", error_description: "grant request is invalid" };
}

/** Null unless this request is a client's refresh. */
function replayKey(ctx: KoaContextWithOIDC): ReplayKey | null {
  const params = ctx.oidc?.params;
  const token = params?.refresh_token;
  const clientId = ctx.oidc?.client?.clientId;
  if (params?.grant_type !== "refresh_token" || typeof token !== "string" || clientId === undefined) return null;
  return { tokenHash: sha256(token), clientId };
}

async function waitForReplay(deps: ReadDeps, key: ReplayKey): Promise<string | null> {
  const until = performance.now() + WINNER_TIMEOUT_MS;
  for (;;) {
    const replay = await findReplay(deps.database, deps.sealer, key);
    if (replay === "foreign") return null;
    if (replay !== null || performance.now() > until) return replay?.answer ?? null;
    await delay(POLL_MS);
  }
}
