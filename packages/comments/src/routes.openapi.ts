import type { RouteTableDocs } from "@mgs/http/route-docs";
import type { Subject } from "@mgs/records/subject";
import { reactionInput } from "@mgs/writing/reaction-input";
import { z } from "zod";
import { commentAnswer, paginationAnswer } from "./answers.openapi";
import { besideDocsOf, moderationDocs } from "./beside-routes.openapi";
import { COMMENTS, limited, subjectDocs } from "./comment-docs";
import { commentChangesQuery, commentsQuery, editCommentInput, postCommentInput } from "./comment-input";
import { resolutionInput } from "./record/resolve-thread";

/** Documentation of the comments on one kind of record. */
export function commentDocsOf(subject: Subject): RouteTableDocs {
  const { name, path, params, missing } = subjectDocs(subject);
  const ofComment = params.extend({ commentId: z.string() });
  const NO_COMMENT = { COMMENT_NOT_FOUND: "none with this id, or none for the caller" } as const;
  const NOT_PARTICIPANT = { NOT_PARTICIPANT: "the caller reads the record and takes no part in it" } as const;
  const one = (description: string) => ({ description, data: commentAnswer });
  return {
    [`GET ${path("comments")}`]: {
      ...{ tag: COMMENTS, id: `list${name}Comments`, params, query: commentsQuery },
      summary: "Comments, the newest first, by pages or by the cursor `before`",
      answers: {
        200: {
          description: "A page; `seq` is the discussion's number: what comes after it has to be asked for",
          data: z.object({
            comments: z.array(commentAnswer),
            pagination: paginationAnswer,
            next: z.string().nullable().meta({ description: "`before` of the page with older comments" }),
            seq: z.int(),
          }),
          extra: { pagination: paginationAnswer },
        },
      },
      refusals: { ...missing, VALIDATION_ERROR: true, SUBJECT_NOT_FOUND: "no private thread for the caller" },
    },
    [`POST ${path("comments")}`]: {
      ...{ tag: COMMENTS, id: `post${name}Comment`, params },
      summary: "Write a comment; with an id of the client's own a repetition gets the first answer",
      body: { schema: postCommentInput, example: { content: "Le plan **manque**.", mentions: [7, "suiveurs"] } },
      answers: { 201: one("The comment") },
      refusals: {
        ...{ ...missing, ...NOT_PARTICIPANT, ...NO_COMMENT },
        SUBJECT_NOT_FOUND: "no private thread for the caller",
        CONFLICT: "the id is that of another comment",
        ...limited("post"),
        VALIDATION_ERROR: "`error.data.without_access` names people who are mentioned and may not see the record",
      },
    },
    [`GET ${path("comments/changes")}`]: {
      ...{ tag: COMMENTS, id: `list${name}CommentChanges`, params, query: commentChangesQuery },
      summary: "What happened to comments after a number, for a client that was away",
      answers: {
        200: {
          description: "The comments in the order of their changes; `reset`: too many were missed, read the list anew",
          data: z.object({
            reset: z.boolean(),
            upserts: z.array(commentAnswer),
            tombstones: z.array(z.uuid()),
            seq: z.int(),
          }),
        },
      },
      refusals: { ...missing, VALIDATION_ERROR: true, SUBJECT_NOT_FOUND: "no private thread for the caller" },
    },
    [`PUT ${path("comments/{commentId}")}`]: {
      ...{ tag: COMMENTS, id: `edit${name}Comment`, params: ofComment },
      summary: "Change one's own comment; with the text that was changed, an edit that came between is not overwritten",
      body: {
        schema: editCommentInput,
        example: { content: "Le plan est arrivé.", mentions: [7], previous: "Le plan **manque**." },
      },
      answers: { 200: one("The comment after the change") },
      refusals: {
        ...{ ...missing, ...NO_COMMENT, ...limited("edit") },
        EDIT_CONFLICT: "the comment is no longer `previous`; `error.data.content` is what stands there",
        VALIDATION_ERROR: "`error.data.without_access` names people who are mentioned and may not see the record",
      },
    },
    [`DELETE ${path("comments/{commentId}")}`]: {
      ...{ tag: COMMENTS, id: `delete${name}Comment`, params: ofComment },
      summary: "Delete one's own comment, or another's with the right to moderate; its place stays",
      answers: { 200: one("The empty place") },
      refusals: { ...missing, ...NO_COMMENT },
    },
    [`POST ${path("comments/{commentId}/restore")}`]: {
      ...{ tag: COMMENTS, id: `restore${name}Comment`, params: ofComment },
      summary: "Bring a deleted comment back, within 30 days",
      answers: { 200: one("The comment") },
      refusals: { ...missing, ...NO_COMMENT },
    },
    [`POST ${path("comments/{commentId}/reactions")}`]: {
      ...{ tag: COMMENTS, id: `reactTo${name}Comment`, params: ofComment },
      summary: "Add a reaction, or take it back",
      body: { schema: reactionInput, example: { emoji: "👍", on: true } },
      answers: { 200: one("The comment with its reactions") },
      refusals: { ...missing, ...NO_COMMENT, ...NOT_PARTICIPANT, ...limited("react") },
    },
    [`POST ${path("comments/{commentId}/resolution")}`]: {
      ...{ tag: COMMENTS, id: `resolve${name}Comment`, params: ofComment },
      summary: "Mark a comment and its answers as resolved, or open them again",
      body: { schema: resolutionInput, example: { resolved: true } },
      answers: { 200: one("The comment") },
      refusals: { ...missing, ...NO_COMMENT, ...NOT_PARTICIPANT, ...limited("resolve") },
    },
  };
}

/** Documentation of the routes of comments on every kind of record. */
export const commentOpenApi = (subjects: readonly Subject[]): RouteTableDocs =>
  Object.assign(
    {},
    ...subjects.flatMap((subject) => [commentDocsOf(subject), besideDocsOf(subject)]),
    subjects.length > 0 ? moderationDocs : {},
  );
