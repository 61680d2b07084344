import type { RouteTableDocs } from "@mgs/http/route-docs";
import type { Subject } from "@mgs/records/subject";
import { draftAnswer, mentionableAnswer } from "@mgs/writing/answers.openapi";
import { draftInput } from "@mgs/writing/drafts/drafts";
import { z } from "zod";
import { commentAnswer } from "./answers.openapi";
import { COMMENTS, limited, subjectDocs } from "./comment-docs";
import { wordsInput } from "./moderation/comment-words";
import { visibilityInput } from "./moderation/hide-comment";
import { reportInput } from "./moderation/report-comment";
import { presenceQuery } from "./presence/presence";
import { mentionableQuery } from "./search-mentionable";
import { joinThreadInput, openThreadInput } from "./threads/private-threads";

const thread = z
  .object({
    id: z.uuid(),
    title: z.string(),
    people: z.array(z.object({ id: z.int(), name: z.string() })),
    roles: z.array(z.object({ slug: z.string(), name: z.string() })),
    created_at: z.iso.datetime(),
    may_invite: z.boolean().meta({ description: "False: the record decides who takes part, as in an opinion's" }),
  })
  .meta({ id: "PrivateThread" });

const draft = draftAnswer
  .extend({
    comment: z
      .object({ id: z.uuid(), author: z.string(), thread_id: z.uuid().nullable() })
      .nullable()
      .meta({ description: "What it answers or edits; null: nothing, or nothing that the caller may see" }),
  })
  .meta({ id: "CommentDraft" });

const present = z
  .object({
    id: z.int(),
    name: z.string(),
    firstname: z.string(),
    lastname: z.string(),
    avatar: z.string().nullable(),
    typing: z.boolean(),
    by: z.array(z.enum(["socket", "http"])).meta({
      description: "How they are known to be there: a socket of the presence channel, or signs over HTTP",
    }),
  })
  .meta({ id: "PersonPresent" });

const report = z
  .object({
    comment: commentAnswer,
    reason: z.string(),
    reported_by: z.string(),
    reported_at: z.iso.datetime(),
    segment: z.string(),
    subject: z.object({ id: z.string(), title: z.string(), path: z.string() }),
  })
  .meta({ id: "CommentReport" });

const nothing = { description: "Done", data: z.null() };
const NO_COMMENT = { COMMENT_NOT_FOUND: "none with this id, or none for the caller" } as const;
const NO_THREAD = { SUBJECT_NOT_FOUND: "no private thread for the caller" } as const;

/** Documentation of what stands beside the comments of one kind of record. */
export function besideDocsOf(subject: Subject): RouteTableDocs {
  const { name, path, params, missing } = subjectDocs(subject);
  const ofComment = params.extend({ commentId: z.string() });
  const people = { 200: { description: "Everybody who is there", data: z.array(present) } };
  return {
    [`GET ${path("mentionable")}`]: {
      ...{ tag: COMMENTS, id: `findMentionableOn${name}`, params, query: mentionableQuery },
      summary: "Whom a text on the record can name: those who see it first",
      answers: {
        200: {
          description: "People, roles and all who follow",
          data: z.array(mentionableAnswer),
        },
      },
      refusals: { ...missing, ...NO_THREAD, VALIDATION_ERROR: true },
    },
    [`GET ${path("threads")}`]: {
      ...{ tag: COMMENTS, id: `list${name}Threads`, params },
      summary: "The private threads on the record that the caller takes part in",
      answers: { 200: { description: "Threads, the oldest first", data: z.array(thread) } },
      refusals: missing,
    },
    [`POST ${path("threads")}`]: {
      ...{ tag: COMMENTS, id: `open${name}Thread`, params },
      summary: "Open a private thread for people who see the record",
      body: { schema: openThreadInput, example: { title: "Relecture", user_ids: [7] } },
      answers: { 201: { description: "The thread", data: thread } },
      refusals: { ...missing, NOT_PARTICIPANT: "the caller takes no part in the record", ...limited("invite") },
    },
    [`POST ${path("threads/{threadId}/people")}`]: {
      ...{ tag: COMMENTS, id: `invite${name}Thread`, params: params.extend({ threadId: z.string() }) },
      summary: "Let more people take part in a private thread",
      body: { schema: joinThreadInput, example: { user_ids: [8] } },
      answers: { 200: { description: "The thread", data: thread } },
      refusals: { ...missing, ...NO_THREAD, ...limited("invite") },
    },
    [`GET ${path("comment-drafts")}`]: {
      ...{ tag: COMMENTS, id: `list${name}CommentDrafts`, params },
      summary: "What the caller has typed and not sent, on any device",
      answers: { 200: { description: "Drafts, the newest first", data: z.array(draft) } },
      refusals: missing,
    },
    [`PUT ${path("comment-drafts")}`]: {
      ...{ tag: COMMENTS, id: `keep${name}TextDraft`, params },
      summary:
        "Keep what the caller types; an empty text removes it. A `writer` overwrites only what they have seen (`version`)",
      body: { schema: draftInput, example: { place: "", content: "Il faudrait" } },
      answers: {
        200: { description: "Kept; null when it was removed", data: z.object({ version: z.int() }).nullable() },
      },
      refusals: {
        ...missing,
        CONFLICT: "too many drafts on one record",
        EDIT_CONFLICT: "another writer has changed it since `version`",
      },
    },
    [`GET ${path("presence/users")}`]: {
      ...{ tag: COMMENTS, id: `list${name}Presence`, params },
      summary: "Who has the record open, with a socket or without, each once",
      answers: people,
      refusals: missing,
    },
    ...Object.fromEntries(
      (
        [
          ["join", "join", "Say that one has the record open; again at least once a minute"],
          ["typing", "typeOn", "Say that one writes a comment: it fades after three seconds"],
          ["leave", "leave", "Say that one has left"],
        ] as const
      ).map(([act, verb, summary]) => [
        `POST ${path(`presence/${act}`)}`,
        {
          ...{ tag: COMMENTS, id: `${verb}${name}Presence`, params, query: presenceQuery, summary, answers: people },
          refusals: { ...missing, VALIDATION_ERROR: true as const },
        },
      ]),
    ),
    [`POST ${path("comments/{commentId}/visibility")}`]: {
      ...{ tag: COMMENTS, id: `hide${name}Comment`, params: ofComment },
      summary: "Hide a comment with a reason, or show it again",
      body: { schema: visibilityInput, example: { hidden: true, reason: "Données personnelles" } },
      answers: { 200: { description: "The comment", data: commentAnswer } },
      refusals: { ...missing, ...NO_COMMENT },
    },
    [`POST ${path("comments/{commentId}/reports")}`]: {
      ...{ tag: COMMENTS, id: `report${name}Comment`, params: ofComment },
      summary: "Report a comment to the moderators",
      body: { schema: reportInput, example: { reason: "Injurieux" } },
      answers: { 201: nothing },
      refusals: { ...missing, ...NO_COMMENT, ...limited("report") },
    },
    [`DELETE ${path("comments/{commentId}/reports")}`]: {
      ...{ tag: COMMENTS, id: `settle${name}CommentReports`, params: ofComment },
      summary: "Settle the reports of a comment that stays as it is",
      answers: { 200: nothing },
      refusals: { ...missing, ...NO_COMMENT },
    },
  };
}

/** Documentation of moderation over all records. */
export const moderationDocs: RouteTableDocs = {
  "GET /api/comment-reports": {
    ...{ tag: COMMENTS, id: "listCommentReports" },
    summary: "Open reports of comments on the records that a moderator sees",
    answers: { 200: { description: "Reports, the oldest first", data: z.array(report) } },
  },
  "GET /api/comment-words": {
    ...{ tag: COMMENTS, id: "listCommentWords" },
    summary: "The words and phrases that no comment may have",
    answers: {
      200: {
        description: "As comments are compared with them: small letters without accents",
        data: z.array(z.string()),
      },
    },
  },
  "PUT /api/comment-words": {
    ...{ tag: COMMENTS, id: "saveCommentWords" },
    summary: "Make these the words and phrases that no comment may have",
    body: { schema: wordsInput, example: { words: ["exemple", "deux mots"] } },
    answers: {
      200: {
        description: "As comments are compared with them: small letters without accents",
        data: z.array(z.string()),
      },
    },
  },
};
