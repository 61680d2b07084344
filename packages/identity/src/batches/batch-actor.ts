import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { ISSUER_PORTAL } from "@mgs/core/portals";
import { sessionActor } from "../portal-session";
import { findUser } from "../users.repository";
import type { BatchDeps } from "./batch-deps";
import type { BatchJobRow } from "./batch-jobs.repository";

/** The administrator who started a job, with the rights that they have now. @throws AppError FORBIDDEN when their account is gone */
export async function batchActor(
  deps: Pick<BatchDeps, "database">,
  { createdBy, userSessionId }: BatchJobRow,
): Promise<UserActor> {
  const user = createdBy === null ? null : await findUser(deps.database, createdBy);
  if (!user || user.disabledAt || userSessionId === null) throw new AppError("FORBIDDEN");
  return sessionActor({ user, userSessionId, portalSessionId: null, expiresAt: null }, ISSUER_PORTAL);
}
