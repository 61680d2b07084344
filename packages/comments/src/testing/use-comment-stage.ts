import type { UserActor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { useStaffStage } from "@mgs/identity/testing/use-staff-stage";
import type { Subject } from "@mgs/records/subject";
import { beforeEach } from "vitest";
import type { CommentDto } from "../contract/comment";
import type { CommentDeps } from "../deps";
import { postComment } from "../record/post-comment";

/** A Monday, at noon in Madagascar. */
export const NOON = new Date("2026-11-30T09:00:00Z");

type Record = { readers: Set<number>; participants: Set<number>; followers: Set<number>; granters: Set<number> };

/** A kind of records in memory, with the rules of real ones: readers see it, participants comment, followers are told. */
function createSubject(records: ReadonlyMap<string, Record>): Subject {
  const of = (id: string) => records.get(id);
  return {
    ...{ type: "session", segment: "sessions", portal: "gestion-dossier", missing: "SESSION_NOT_FOUND" },
    channels: ["sport-session.{id}"],
    isPublic: async (_, id) => id === "open",
    scopes: { read: "dossiers:read", write: "dossiers:write" },
    async find(_, actor, id) {
      const record = of(id);
      if (!record || (actor.kind === "user" && !record.readers.has(actor.userId)) || actor.kind === "client")
        return null;
      const may = (set: ReadonlySet<number>) => actor.kind === "user" && set.has(actor.userId);
      return {
        ...{ id, title: `Séance ${id}`, path: `/seances/${id}`, version: 1 },
        may: { comment: may(record.participants), attach: false, grant: may(record.granters) },
      };
    },
    visibleTo: async (_, id, userIds) => userIds.filter((userId) => of(id)?.readers.has(userId)),
    followers: async (_, id) => [...(of(id)?.followers ?? [])],
    async follow(_, id, userIds) {
      for (const userId of userIds) {
        of(id)?.followers.add(userId);
        of(id)?.readers.add(userId);
      }
    },
    async grantAccess(_, _actor, id, { userId }) {
      of(id)?.readers.add(userId);
      return [];
    },
  };
}

/** Staff, and records of one kind; before each test no comment is there, and it is {@link NOON}. */
export function useCommentStage() {
  const staff = useStaffStage();
  const records = new Map<string, Record>();
  const subject = createSubject(records);
  let now = NOON;
  beforeEach(async () => {
    now = NOON;
    records.clear();
    await staff.database.$executeRaw`
      TRUNCATE comments, comment_threads, comment_drafts, comment_words, comment_act_times, presence_signs, change_heads, absences CASCADE`;
  });
  const deps = (): CommentDeps => ({ ...staff.deps(), clock: { now: () => now } });
  return {
    subject,
    deps,
    add: staff.add,
    get database(): Database {
      return staff.database;
    },
    get admin(): UserActor {
      return staff.admin;
    },
    setNow: (time: Date) => {
      now = time;
    },
    /** Makes a record that these people see and comment. */
    open: (id: string, ...people: UserActor[]): Record => {
      const ids = people.map(({ userId }) => userId);
      const record = {
        readers: new Set(ids),
        participants: new Set(ids),
        followers: new Set<number>(),
        granters: new Set<number>(),
      };
      records.set(id, record);
      return record;
    },
    post: async (actor: UserActor, id: string, input: object | string): Promise<CommentDto> => {
      const { comment } = await postComment(
        deps(),
        actor,
        subject,
        id,
        typeof input === "string" ? { content: input } : input,
      );
      return comment;
    },
    /** Whom notices of a kind were written for. */
    notices: async (): Promise<{ notice: string; user_ids: number[] }[]> => {
      const rows = await staff.database.outbox.findMany({ where: { kind: "comment.notice" }, orderBy: { id: "asc" } });
      return rows.map(({ payload }) => {
        const { notice, user_ids } = payload as { notice: string; user_ids: number[] };
        return { notice, user_ids };
      });
    },
  };
}
