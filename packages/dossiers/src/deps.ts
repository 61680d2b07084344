import type { Clock } from "@mgs/core/clock";
import type { Portal, PortalUrls } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";

/** What the use cases of dossiers need of the process. */
export type DossierDeps = {
  portal: Portal;
  portalUrls: PortalUrls;
  database: Database;
  clock: Clock;
  enqueuer: Enqueuer;
};

/** The portal that has the pages of dossiers. */
export const DOSSIER_PORTAL = "gestion-dossier" satisfies Portal;
export const DOSSIER_TIME_ZONE = "Indian/Antananarivo";

/** The day in Madagascar: due dates are dates without a time. @returns `2026-11-30` */
export function todayOf(clock: Clock): string {
  return Temporal.Instant.fromEpochMilliseconds(clock.now().getTime())
    .toZonedDateTimeISO(DOSSIER_TIME_ZONE)
    .toPlainDate()
    .toString();
}
