import type { Sealer } from "@mgs/core/crypto";
import type { Logger } from "@mgs/core/logger";
import type { Portal, PortalUrls } from "@mgs/core/portals";
import type { RoleRights } from "@mgs/core/roles";
import type { Database } from "@mgs/db/client";
import type { Mailer } from "@mgs/email/mail";
import type { Sender } from "@mgs/email/sender";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { Publisher } from "@mgs/realtime/server";
import type { Holdings } from "./holdings";
import type { IdentityHooks } from "./identity-hooks";

/** A message of the product itself to a person. */
export type BellMessage = {
  /** A message with the same key is sent once. */
  key: string;
  userId: number;
  type: string;
  titre: string;
  message: string;
  /** A path of the portal that the message comes from, or an absolute address of any portal. */
  url: string;
  /** The portal that the message comes from. Default: Administration. */
  source?: Portal;
  /**
   * What it tells of, such as `conversation:42`. One of the same group that is unread gets this text instead: it grows, and neither a toast nor a
   * mail follows.
   */
  group?: string;
  /** A mail follows. Default: the sender writes its own, or none. */
  mailed?: true;
};

/** Dependencies of handlers, schedules and retention rules in the worker's process. Connections open on first use. */
export type WorkerDeps = {
  database: Database;
  enqueuer: Enqueuer;
  mailer: Mailer;
  /** Finds the sender of a mail that a program or a portal causes. */
  senderFor(source: string): Sender;
  publisher: Publisher;
  /** Sends a message to a person's inbox and open pages, once for its key. The domain of notifications supplies it. */
  ringBell(message: BellMessage): Promise<void>;
  /** Until when a person does not want to be disturbed; null: they may be. The domain of messages knows it. */
  quietUntil(userId: number): Promise<Date | null>;
  /** Lists the portals that a person may open, in the order in which they are shown. */
  portalsOpenTo(person: RoleRights): readonly Portal[];
  portalUrls: PortalUrls;
  sealer: Sealer;
  issuer: string;
  /** What people hold in each domain. */
  holdings: readonly Holdings[];
  logger: Logger;
  /** Draws the first page of a PDF, four bytes a pixel. The domain of documents supplies it; without it they have no small picture. */
  drawPdf?(file: Uint8Array, sizePx: number): Promise<{ width: number; height: number; pixels: Uint8Array }>;
  /** Hooks of every package: they delete rows that depend on a sign-in or a client. */
  identityHooks: readonly IdentityHooks[];
};
