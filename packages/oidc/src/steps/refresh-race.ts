import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import type { KoaContextWithOIDC } from "oidc-provider";
import { findReplay, type ReplayKey } from "../refresh-replays.repository";
import { currentUnitOfWork } from "../unit-of-work";
import type { Step } from "./step";

type Deps = { database: Database; sealer: Sealer };

/** How long a request waits for the answer of the one that won the race, and how often it looks for it. */
const WINNER_TIMEOUT_MS = 3_000;
const POLL_MS = 20;

const races = new AsyncLocalStorage<{ lost: boolean }>();

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
 * Gives racing requests of one client the same answer: they present the same refresh token within moments of each other;
 * the first rotates it, the others get the first one's answer. After the window the provider's own rule applies: reuse
 * revokes the whole family (RFC 9700 section 4.14.2).
 */
export function replayRefresh(deps: Deps): Step {
  return async (ctx, next) => {
    if (ctx.method !== "POST") return next();
    const race = { lost: false };
    await races.run(race, next);
    if (race.lost) return replayWinnersResponse(deps, ctx);
    const key = replayKey(ctx);
    const unit = currentUnitOfWork();
    if (key && unit && ctx.status === 200) unit.replay = { key, answer: JSON.stringify(ctx.body) };
  };
}

/** Answers a request whose token or code another one consumed first: a refresh gets that one's answer, a code an error. */
export async function replayWinnersResponse(deps: Deps, ctx: KoaContextWithOIDC): Promise<void> {
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

async function waitForReplay(deps: Deps, key: ReplayKey): Promise<string | null> {
  const until = performance.now() + WINNER_TIMEOUT_MS;
  for (;;) {
    const replay = await findReplay(deps.database, deps.sealer, key);
    if (replay === "foreign") return null;
    if (replay !== null || performance.now() > until) return replay?.answer ?? null;
    await delay(POLL_MS);
  }
}
