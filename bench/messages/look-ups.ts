import type { UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import { listConversations } from "@mgs/messaging/conversations/list-conversations";
import type { MessagingDeps } from "@mgs/messaging/deps";
import { listMessages } from "@mgs/messaging/messages/list-messages";
import { openAt } from "@mgs/messaging/messages/open-at";
import { countUnread } from "@mgs/messaging/reading/read-conversation";
import { searchMessages } from "@mgs/messaging/search/search-messages";
import type { LookUp } from "../scale";
import { COLLEAGUE, READER_ID } from "./fill";

const DAY_MS = 24 * 60 * 60 * 1_000;
const READER: UserActor = {
  ...{ kind: "user", userId: READER_ID, role: "direction", locale: "fr", scopes: PORTAL_SCOPES },
  ...{ userSessionId: "019ac000-0000-7000-8000-000000000000", clientId: "administration" },
};

const depsOf = (database: Database): MessagingDeps => ({
  ...{
    database,
    clock: systemClock,
    subjects: [],
    attachmentsIn: async () => [],
    deleteAttachments: async () => undefined,
  },
  portalUrls: { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" },
  enqueuer: { enqueue: async () => true, close: async () => undefined },
  ...{ noticesRead: async () => undefined, quietOver: async () => undefined },
});

const search =
  (q: string): LookUp["run"] =>
  async (database) =>
    (await searchMessages(depsOf(database), READER, { q })).hits;

const page =
  (stretchOf: (rowCount: number) => object): LookUp["run"] =>
  async (database, rowCount) =>
    (await listMessages(depsOf(database), READER, 1, stretchOf(rowCount))).messages;

const week = new Date(Date.now() - 7 * DAY_MS).toISOString().slice(0, 10);

/** What is looked up in one's own messages, among those of others. */
export const OWN_LOOK_UPS: readonly LookUp[] = [
  { what: "own messages with a common word", run: search("bonjour") },
  { what: "own messages with the beginning of a common word", run: search("bonj") },
  { what: "own messages with a word with an accent", run: search("reunion") },
  { what: "own messages with a rare word", run: search("vanille") },
  { what: "own messages with two words, one rare", run: search("bonjour vanille") },
  { what: "own messages with a common word of a person", run: search(`from:"${COLLEAGUE}" bonjour`) },
  { what: "own messages with a common word in a conversation", run: search('in:"Chantier 7" bonjour') },
  { what: "own messages with a common word before a day", run: search(`before:${week} bonjour`) },
  { what: "own messages of a person", run: search(`from:"${COLLEAGUE}"`) },
  {
    what: "the list of 1,000 conversations",
    run: async (database) => (await listConversations(depsOf(database), READER, {})).conversations,
  },
  {
    what: "the unread messages of 1,000 conversations",
    run: async (database) => [await countUnread(depsOf(database), READER)],
  },
];

/** How a conversation opens, and goes on from there. */
export const OPEN_LOOK_UPS: readonly LookUp[] = [
  { what: "a conversation at its end", run: page(() => ({})) },
  {
    what: "a conversation at its first unread message, in the middle",
    run: async (database) => (await openAt(depsOf(database), READER, "1", undefined)).page.messages,
  },
  { what: "a conversation, the page before its middle", run: page((rowCount) => ({ before: String(rowCount / 2) })) },
  { what: "a conversation, the page after its middle", run: page((rowCount) => ({ after: String(rowCount / 2) })) },
];
