import type { PortalUrls } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { SendLimiter } from "./send-limiter";

/** What the recipient's side needs, in every portal. */
export type InboxDeps = { database: Database; enqueuer: Enqueuer; portalUrls: PortalUrls };

/** What sending needs, in administration. */
export type SendDeps = InboxDeps & { limiter: SendLimiter };
