import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { errors } from "oidc-provider";
import { answerServerError } from "./render-error";
import { replayWinnersResponse } from "./steps/refresh-race";
import type { Step } from "./steps/step";
import { currentUnitOfWork, ProviderUnitOfWork, runInUnitOfWork } from "./unit-of-work";
import { commitUnitOfWork } from "./unit-of-work.repository";

type Deps = { database: Database; sealer: Sealer };

/**
 * Runs work of the provider outside a request, and commits at its end all that it saved. Within a unit of work it is part
 * of that one. Work that throws writes nothing.
 */
export async function withUnitOfWork<T>(deps: Deps, work: (unit: ProviderUnitOfWork) => Promise<T>): Promise<T> {
  const outer = currentUnitOfWork();
  if (outer) return work(outer);
  const unit = new ProviderUnitOfWork();
  const result = await runInUnitOfWork(unit, () => work(unit));
  if (!(await commitUnitOfWork(deps, unit))) throw new errors.InvalidGrant("used up by another request");
  return result;
}

/** A unit of work for each request, committed before the answer leaves. */
export function writeUnitOfWork(deps: Deps): Step {
  return async (ctx, next) => {
    const unit = new ProviderUnitOfWork(ctx);
    await runInUnitOfWork(unit, next);
    // Cookies of a session that is not written would lead nowhere; those that the browser has still hold.
    if (unit.isRolledBack) return ctx.remove("Set-Cookie");
    try {
      if (!(await commitUnitOfWork(deps, unit))) await replayWinnersResponse(deps, ctx);
    } catch (error) {
      ctx.remove("Set-Cookie");
      await answerServerError(ctx, error);
    }
  };
}
