import { z } from "zod";
import type { CommentDto } from "./contract/comment";

export const commentAnswer = z
  .object({
    id: z.uuid(),
    content: z
      .string()
      .meta({ description: "Markdown of a safe subset; empty when the comment was deleted or hidden" }),
    user: z.object({ id: z.int(), firstname: z.string(), lastname: z.string(), avatar: z.string().nullable() }),
    mentions: z
      .array(z.union([z.int(), z.string()]))
      .meta({ description: "Ids of people, `role:<slug>`, and `suiveurs` for all who follow the record" }),
    mentioned: z.array(z.object({ key: z.string(), name: z.string() })),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    edited_at: z.iso.datetime().nullable(),
    deleted_at: z.iso.datetime().nullable().meta({ description: "The place of a deleted comment stays" }),
    hidden: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
    parent_id: z.uuid().nullable().meta({ description: "The comment that it answers" }),
    thread_id: z.uuid().nullable().meta({ description: "The private thread that it stands in" }),
    resolved: z.object({ at: z.iso.datetime(), by: z.string() }).nullable(),
    reactions: z.array(z.object({ emoji: z.string(), user_ids: z.array(z.int()) })),
    place: z.int().meta({ description: "Its number in the discussion, by which comments are in order" }),
    seq: z.int().meta({ description: "The discussion's number of its last change" }),
    truncated: z.boolean().optional().meta({ description: "In events alone: the rest has to be fetched" }),
  })
  .meta({ id: "Comment" }) satisfies z.ZodType<CommentDto>;

export const paginationAnswer = z.object({
  page: z.int(),
  limit: z.int(),
  total: z.int(),
  totalPages: z.int(),
});
