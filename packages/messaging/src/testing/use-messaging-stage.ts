import type { UserActor } from "@mgs/core/actor";
import type { PortalUrls } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import { useStaffStage } from "@mgs/identity/testing/use-staff-stage";
import type { BellMessage } from "@mgs/module/worker-deps";
import type { Subject } from "@mgs/records/subject";
import { beforeEach } from "vitest";
import type { ConversationDto } from "../contract/conversation";
import type { MessageDto } from "../contract/message";
import { openConversation } from "../conversations/open-conversation";
import type { MessagingDeps } from "../deps";
import { postMessage } from "../messages/post-message";

/** A Monday, at noon in Madagascar. */
export const NOON = new Date("2026-11-30T09:00:00Z");

const PORTAL_URLS: PortalUrls = {
  administration: "http://localhost:3000",
  commercial: "http://localhost:3001",
  "gestion-dossier": "http://localhost:3002",
};

/** Records in memory, each with those who see it. */
function createSubject(readers: ReadonlyMap<string, ReadonlySet<number>>): Subject {
  return {
    ...{ type: "dossier", segment: "dossiers", portal: "gestion-dossier", missing: "SUBJECT_NOT_FOUND" },
    channels: ["dossier.{id}"],
    scopes: { read: "dossiers:read", write: "dossiers:write" },
    find: async (_, actor, id) =>
      readers.has(id) && (actor.kind === "system" || (actor.kind === "user" && readers.get(id)?.has(actor.userId)))
        ? {
            ...{ id, title: `Dossier ${id}`, path: `/dossiers/${id}`, version: 1 },
            may: { comment: true, attach: true, grant: false },
          }
        : null,
    visibleTo: async (_, id, userIds) => userIds.filter((userId) => readers.get(id)?.has(userId)),
    followers: async () => [],
    follow: async () => undefined,
  };
}

/** Staff who write to each other; before each test no conversation is there, and it is {@link NOON}. */
export function useMessagingStage() {
  const staff = useStaffStage();
  const readers = new Map<string, Set<number>>();
  const subject = createSubject(readers);
  const rung: BellMessage[] = [];
  const read: { userId: number; conversationId: number }[] = [];
  const quietOver: number[] = [];
  let files: Awaited<ReturnType<MessagingDeps["attachmentsIn"]>>[number][] = [];
  let now = NOON;
  beforeEach(async () => {
    now = NOON;
    readers.clear();
    rung.length = 0;
    read.length = 0;
    quietOver.length = 0;
    files = [];
    await staff.database.$executeRaw`
      TRUNCATE conversations, presences, change_heads, comment_drafts, record_keys RESTART IDENTITY CASCADE`;
  });
  const deps = (): MessagingDeps => ({
    ...staff.deps(),
    clock: { now: () => now },
    portalUrls: PORTAL_URLS,
    subjects: [subject],
    attachmentsIn: async (_, __, slots) => files.filter(({ slot }) => slots.includes(slot)),
    deleteAttachments: async (_, __, slot) => {
      files = files.filter((file) => file.slot !== slot);
    },
    quietOver: async (_, userId) => void quietOver.push(userId),
    noticesRead: async (_, { userId }, conversationId) => void read.push({ userId, conversationId }),
  });
  return {
    deps,
    add: staff.add,
    /** What the bell was rung for. */
    rung,
    /** Whose notifications of which conversations were marked read. */
    read,
    /** Whose held mails were sent. */
    quietOver,
    get database(): Database {
      return staff.database;
    },
    get admin(): UserActor {
      return staff.admin;
    },
    /** What a worker needs to tell of messages. */
    worker: () => ({
      ...{ database: staff.database, clock: { now: () => now } },
      ringBell: async (message: BellMessage) => void rung.push(message),
      portalsOpenTo: () => ["commercial" as const],
    }),
    setNow: (time: Date) => {
      now = time;
    },
    /** Lets time go by. */
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    /** Makes a record that these people see, and nobody else. */
    record: (id: string, ...people: UserActor[]): Set<number> => {
      const ids = new Set(people.map(({ userId }) => userId));
      readers.set(id, ids);
      return ids;
    },
    /** Puts a file where one that was uploaded for a message lies. */
    file: (messageId: string, by: UserActor, name = "plan.pdf") =>
      void files.push({
        ...{ id: messageId, name, media_type: "application/pdf", bytes: 10, state: "ready", has_thumbnail: false },
        ...{ slot: `message:${messageId}`, createdBy: by.userId },
      }),
    /** Opens a conversation with others. */
    open: async (actor: UserActor, others: readonly UserActor[], rest: object = {}): Promise<ConversationDto> => {
      const input = { user_ids: others.map(({ userId }) => userId), ...rest };
      return (await openConversation(deps(), actor, input)).conversation;
    },
    post: async (actor: UserActor, { id }: { id: number }, input: object | string): Promise<MessageDto> => {
      const body = typeof input === "string" ? { content: input } : input;
      return (await postMessage(deps(), actor, id, body)).message;
    },
  };
}
