import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** Open pages of an ended session leave for the sign-in page; its sockets are closed. */
export const sessionEnded = defineOutboxKind({
  kind: "session.ended",
  queue: "broadcasts",
  payload: z.object({
    user_session_id: z.string(),
    reason: z.string(),
    /** For the log line. Rows of earlier releases lack both. */
    user_id: z.int().optional(),
    token_ids: z.array(z.string()).optional(),
  }),
  // A person who is signed out leaves now, not after ten thousand toasts.
  isUrgent: true,
});

/** Open pages of a sign-in go on as another person; the sockets of `holders` are closed. */
export const sessionChanged = defineOutboxKind({
  kind: "session.changed",
  queue: "broadcasts",
  payload: z.object({ user_session_id: z.string(), user_id: z.int(), holders: z.array(z.string()) }),
  isUrgent: true,
});

/** Sockets are closed that something was needed for which has ended; `holderOf` names it. */
export const socketsClosed = defineOutboxKind({
  kind: "sockets.closed",
  queue: "broadcasts",
  payload: z.object({ holders: z.array(z.string()) }),
  isUrgent: true,
});

/** People may read less than before: their sockets ask for each of their channels again. */
export const rightsReduced = defineOutboxKind({
  kind: "sockets.rights-reduced",
  queue: "broadcasts",
  payload: z.object({ user_ids: z.array(z.int()) }),
  isUrgent: true,
});

/** The mail of an account's single-use link: its token is made when the mail is, and stands in the mail alone. */
export const accountLinkMail = defineOutboxKind({
  kind: "account.link-mail",
  queue: "emails",
  payload: z.object({ link_id: z.uuid() }),
  // Its reader waits for it.
  isUrgent: true,
});

/** A role opens less than before: the sign-ins of its people that began before `at` (ISO 8601) end, in batches. */
export const roleReduced = defineOutboxKind({
  kind: "identity.role-reduced",
  queue: "broadcasts",
  payload: z.object({ role: z.string(), at: z.iso.datetime() }),
  isUrgent: true,
});

/** People have another role, whose name is `role`: they are told, and their sign-ins that began before `at` (ISO 8601) end. */
export const peopleMoved = defineOutboxKind({
  kind: "identity.people-moved",
  queue: "broadcasts",
  payload: z.object({ user_ids: z.array(z.int()), role: z.record(z.string(), z.string()), at: z.iso.datetime() }),
  isUrgent: true,
});

/** Somebody says that they have forgotten the password of an address. Whether it has an account is found out by the worker. */
export const passwordForgotten = defineOutboxKind({
  kind: "account.password-forgotten",
  queue: "emails",
  payload: z.object({ email: z.string(), at: z.iso.datetime(), ip: z.string() }),
  isUrgent: true,
});

/** The next batch of a row of `batch_jobs`. */
export const batchStep = defineOutboxKind({
  kind: "identity.batch-step",
  queue: "default",
  payload: z.object({ job_id: z.uuid() }),
});

/** All people were signed out, as of a moment: the worker ends their sign-ins. `actor` is the administrator, null for our system. */
export const everyoneSignedOut = defineOutboxKind({
  kind: "sessions.end-everyone",
  queue: "default",
  payload: z.object({ before: z.iso.datetime(), except_id: z.string().nullable(), actor: z.int().nullable() }),
});
