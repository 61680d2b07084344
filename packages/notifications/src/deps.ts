import type { PortalUrls } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { SendLimiter } from "./send-limiter";

/** Dependencies of the inbox, in every portal. */
export type InboxDeps = { database: Database; enqueuer: Enqueuer; portalUrls: PortalUrls };

/** Dependencies of sending, in administration. */
export type SendDeps = InboxDeps & { limiter: SendLimiter };
