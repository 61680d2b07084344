import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { rightsReduced } from "@mgs/identity/outbox-kinds";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { CHOSEN_STATUSES, type OwnPresence } from "../contract/own-presence";
import { requireReader } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { ownPresenceChanged, presenceChanged } from "../outbox-kinds";
import { findOwn, noteActive, saveOwn, takeChangedShown } from "./presence.repository";

/** Nobody is quiet for longer by one choice: it would be forgotten, and with it everybody who writes. */
const MAX_QUIET_MS = 7 * 24 * 60 * 60 * 1_000;

export const presenceInput = z.strictObject({
  status: z.enum(CHOSEN_STATUSES, { error: "INVALID_CHOICE" }).optional(),
  /** ISO 8601: when the choice ends. Not to be disturbed ends within seven days. */
  until: z.iso
    .datetime({ offset: true, error: "INVALID_DATE" })
    .transform((text) => new Date(text))
    .nullish(),
  /** Others see what the caller has read, and the caller sees it of others. */
  shows_reads: z.boolean({ error: "INVALID_BOOLEAN" }).optional(),
});

/** Reads what somebody has chosen for themself. @throws AppError as `requireReader` */
export async function getOwnPresence({ database, clock }: MessagingDeps, actor: Actor): Promise<OwnPresence> {
  const user = requireReader(actor);
  return toDto(await findOwn(database, user.userId, clock.now()));
}

/**
 * Chooses how somebody is seen. Whoever does not want to be disturbed gets no toast and no mail meanwhile; both their inbox and their messages
 * fill all the same, and the mails follow when they may be disturbed again.
 * @throws AppError VALIDATION_ERROR, and as `requireReader`
 */
export async function chooseOwnPresence(deps: MessagingDeps, actor: Actor, input: unknown): Promise<OwnPresence> {
  const user = requireReader(actor);
  const { status, until = null, shows_reads } = validate(presenceInput, input);
  const now = deps.clock.now();
  if (status !== undefined) requireEnd(status === "dnd", until, now);
  const before = await findOwn(deps.database, user.userId, now);
  const refs = await deps.database.$transaction(async (tx) => {
    await saveOwn(tx, user.userId, {
      ...(status === undefined ? {} : { status, until }),
      ...(shows_reads === undefined ? {} : { showsReads: shows_reads }),
    });
    const told = (await takeChangedShown(tx, now, user.userId)).map(({ userId, shown, lastSeenAt }) =>
      presenceChanged.row({
        payload: { user_id: userId, status: shown, last_seen_at: shown === "offline" ? iso(lastSeenAt) : null },
      }),
    );
    // Their pages ask for their channels again: who is invisible is no member of those who are online, and who shows no readings hears none.
    const hides = status === "invisible" || shows_reads === false;
    const own = ownPresenceChanged.row({ payload: { user_id: user.userId } });
    return insertOutbox(tx, [
      own,
      ...told,
      ...(hides ? [rightsReduced.row({ payload: { user_ids: [user.userId] } })] : []),
    ]);
  });
  await deps.enqueuer.enqueue(refs);
  const own = await findOwn(deps.database, user.userId, now);
  if (before.status === "dnd" && own.status !== "dnd") await deps.quietOver(deps, user.userId);
  return toDto(own);
}

/** Notes that somebody uses a page of a portal. @throws AppError FORBIDDEN for programs */
export async function noteUse({ database, clock }: MessagingDeps, actor: Actor): Promise<void> {
  const user = requireUser(actor);
  // Whoever acts in another's place does not make them present.
  if (!user.impersonation) await noteActive(database, user.userId, clock.now());
}

function requireEnd(isQuiet: boolean, until: Date | null, now: Date): void {
  const ahead = until === null ? null : until.getTime() - now.getTime();
  const isWrong = ahead === null ? isQuiet : ahead <= 0 || ahead > MAX_QUIET_MS;
  if (isWrong)
    throw new AppError("VALIDATION_ERROR", {
      details: [{ path: "until", message: ahead === null ? "REQUIRED" : "INVALID_DATE" }],
    });
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const toDto = ({ status, until, showsReads }: Awaited<ReturnType<typeof findOwn>>): OwnPresence => ({
  ...{ status, until: iso(until), shows_reads: showsReads },
});
