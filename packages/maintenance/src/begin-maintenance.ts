import { audit } from "@mgs/audit/audit.repository";
import { type Actor, actorKey } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { requireFreshProof } from "@mgs/identity/proofs/require-fresh-proof";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { isUnderWay, type MaintenanceDto } from "./contract/maintenance";
import { endOpenMaintenance, insertMaintenance, lockMaintenance } from "./maintenance.repository";
import { toMaintenanceDto } from "./maintenance-dto";
import { maintenanceChanged } from "./outbox-kinds";
import { requirePermission } from "./permissions";

export type MaintenanceDeps = { database: Database; enqueuer: Enqueuer; clock: Clock };

const DEFAULT_RETRY_SECONDS = 60;

/** How long ago the given start may be: somebody chose the minute in a form, and took a while to send it. */
const MAX_START_AGE_MS = 5 * 60_000;

const input = z.strictObject({
  /** What people read, as it stands: one text for both languages. */
  message: z.string().trim().min(1).max(500).refine(isStorableText, { error: "INVALID_TEXT" }),
  /** Seconds after which browsers and programs ask again. */
  retry_seconds: z.coerce.number().int().min(1).max(86_400).default(DEFAULT_RETRY_SECONDS),
  /** When the portals close, not in the past. Default: at once. */
  starts_at: z.iso.datetime({ offset: true }).nullish(),
  /** When they are expected to open again. */
  expected_end: z.iso.datetime({ offset: true }).nullish(),
});
export type MaintenanceInput = z.input<typeof input>;

/**
 * Closes the portals for everybody who may not pass, at once or at a time, and announces it in every open page. It replaces a
 * maintenance that is announced or under way.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, VALIDATION_ERROR
 */
export async function beginMaintenance(
  deps: MaintenanceDeps,
  actor: Actor,
  body: MaintenanceInput,
): Promise<MaintenanceDto> {
  requirePermission(actor, "maintenance.manage");
  await requireFreshProof(deps, actor);
  const now = deps.clock.now();
  const checked = input
    .refine(({ starts_at }) => !starts_at || Date.parse(starts_at) >= now.getTime() - MAX_START_AGE_MS, {
      path: ["starts_at"],
      error: "IN_THE_PAST",
    })
    .refine(
      ({ starts_at, expected_end }) =>
        !expected_end || new Date(expected_end) > (starts_at ? new Date(starts_at) : now),
      { path: ["expected_end"], error: "INVALID_VALUE" },
    );
  const { message, retry_seconds, starts_at, expected_end } = validate(checked, body);
  const { begun, refs } = await deps.database.$transaction(async (tx) => {
    await lockMaintenance(tx);
    await endOpenMaintenance(tx, now, actorKey(actor));
    const row = await insertMaintenance(tx, {
      message,
      startsAt: starts_at ? new Date(starts_at) : now,
      expectedEnd: expected_end ? new Date(expected_end) : null,
      retrySeconds: retry_seconds,
      createdBy: actorKey(actor),
    });
    const dto = toMaintenanceDto(row);
    const action = isUnderWay(dto, now.getTime()) ? "maintenance.started" : "maintenance.announced";
    await audit(tx, { actor, action, details: dto });
    return { begun: dto, refs: await insertOutbox(tx, [maintenanceChanged.row({ payload: {} })]) };
  });
  await deps.enqueuer.enqueue(refs);
  return begun;
}
