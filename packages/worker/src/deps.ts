import type { Sealer } from "@mgs/core/crypto";
import type { Logger } from "@mgs/core/logger";
import type { PortalUrls } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import type { Mailer } from "@mgs/email/mail";
import type { Sender } from "@mgs/email/sender";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { Publisher } from "@mgs/realtime/server";

/** What handlers and sweeps work with. */
export type WorkerDeps = {
  database: Database;
  enqueuer: Enqueuer;
  mailer: Mailer;
  senderFor(source: string): Sender;
  publisher: Publisher;
  portalUrls: PortalUrls;
  sealer: Sealer;
  issuer: string;
  logger: Logger;
};
