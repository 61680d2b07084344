import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import type { KoaContextWithOIDC } from "oidc-provider";
import { findReplay, type ReplayKey } from "./refresh-replays.repository";
import { REFRESH_REPLAY_WINDOW_SECONDS } from "./retention";
import { currentTurn } from "./turn";

/** How long a request waits for the answer of the one it lost to, and how often it looks; milliseconds. */
const PATIENCE = 3_000;
const GLANCE = 20;

const races = new AsyncLocalStorage<{ lost: boolean }>();

/** Thrown out of the adapter to stop the provider before it takes a race for a reuse. */
class RefreshRaceLost extends Error {
  override readonly name = "RefreshRaceLost";
}

/**
 * Called by the adapter when a refresh token turns out to have been rotated a moment ago: a race where it is presented
 * for a refresh, and nothing special where it is revoked or looked at.
 */
export function reportRace(): void {
  const race = races.getStore();
  if (!race) return;
  race.lost = true;
  throw new RefreshRaceLost("this refresh token was rotated a moment ago");
}

/**
 * Wraps the token endpoint: racing requests of one browser present the same refresh token within moments of each
 * other; the first rotates it, the others get the first one's answer. After the window the provider's own rule
 * applies: reuse revokes the whole family (RFC 9700 section 4.14.2).
 */
export function refreshRaceMiddleware(deps: { database: Database; sealer: Sealer }) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (ctx.method !== "POST" || ctx.path !== "/oauth/token") return next();
    const race = { lost: false };
    await races.run(race, next);
    if (race.lost) return answerLoser(deps, ctx);
    const key = replayKey(ctx);
    const turn = currentTurn();
    if (key && turn && ctx.status === 200)
      turn.replay = { key, answer: JSON.stringify(ctx.body), seconds: REFRESH_REPLAY_WINDOW_SECONDS };
  };
}

/** The answer to a request whose token or code another one used up first: a refresh gets that one's answer. */
export async function answerLoser(
  deps: { database: Database; sealer: Sealer },
  ctx: KoaContextWithOIDC,
): Promise<void> {
  const key = replayKey(ctx);
  const answer = key && (await awaitReplay(deps, key));
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

async function awaitReplay(deps: { database: Database; sealer: Sealer }, key: ReplayKey): Promise<string | null> {
  const giveUp = Date.now() + PATIENCE;
  for (;;) {
    const replay = await findReplay(deps.database, deps.sealer, key);
    if (replay === "foreign") return null;
    if (replay !== null || Date.now() > giveUp) return replay?.answer ?? null;
    await delay(GLANCE);
  }
}
