import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow, OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { securityNoticeRow } from "../notices/security-notice";
import type { peopleMoved } from "../outbox-kinds";
import { findLocales } from "../people/people.repository";
import { closeSession } from "../sessions/close-session";
import { lockSessionsOf } from "./roles.repository";

/** More than one person's devices, so that a batch of people is one transaction. */
const MAX_SESSIONS = 10_000;
const ACTOR = { kind: "system", name: "roles" } as const;

/** Ends the sign-ins of people who got another role, and tells them. It runs twice without a second effect but the notice. */
export const endSessionsOfPeople: OutboxHandler<OutboxPayload<typeof peopleMoved>> = async (deps, { payload }) => {
  const { user_ids: userIds, role, at } = payload;
  const since = new Date(at);
  const refs = await deps.database.$transaction(async (tx) => {
    const rows: NewOutboxRow[] = [];
    for (const session of await lockSessionsOf(tx, { userIds }, since, MAX_SESSIONS)) {
      const end = { at: new Date(), reason: "role-removed" } as const;
      rows.push(...((await closeSession(tx, deps.identityHooks, ACTOR, session, end)) ?? []));
    }
    for (const { id, locale } of await findLocales(tx, userIds)) {
      const details = { role: role[locale] ?? "" };
      rows.push(securityNoticeRow({ userId: id, notice: "role-changed", at: since, details }));
    }
    return insertOutbox(tx, rows);
  });
  await deps.enqueuer.enqueue(refs);
};
