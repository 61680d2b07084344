import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { errors, type KoaContextWithOIDC } from "oidc-provider";
import { askAheadOfSession } from "./ask-ahead";
import { answerLoser } from "./refresh-race";
import { currentTurn, runTurn, Turn } from "./turn";
import { writeTurn } from "./turn.repository";

type Deps = { database: Database; sealer: Sealer };

/**
 * Does some work of the provider; what it writes is written when it ends, at once and together. Inside a turn already it
 * is part of that one. Work that fails has written nothing.
 */
export async function inTurn<T>(deps: Deps, work: (turn: Turn) => Promise<T>): Promise<T> {
  const outer = currentTurn();
  if (outer) return work(outer);
  const turn = new Turn();
  const result = await runTurn(turn, () => work(turn));
  if (!(await writeTurn(deps, turn))) throw new errors.InvalidGrant("used up by another request");
  return result;
}

/**
 * One turn for each request to the provider, written before its answer leaves.
 * @param answerFailure answers a request whose turn could not be written
 */
export function turnMiddleware(deps: Deps, answerFailure: (ctx: KoaContextWithOIDC, error: unknown) => Promise<void>) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const turn = new Turn(ctx);
    await runTurn(turn, () => {
      askAheadOfSession(deps, ctx);
      return next();
    });
    // Cookies of what is not written would lead nowhere; those that the browser has still hold.
    if (turn.failed) return ctx.remove("Set-Cookie");
    try {
      if (!(await writeTurn(deps, turn))) await answerLoser(deps, ctx);
    } catch (error) {
      ctx.remove("Set-Cookie");
      await answerFailure(ctx, error);
    }
  };
}
