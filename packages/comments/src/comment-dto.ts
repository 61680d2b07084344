import type { Database, Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { groupReactions } from "@mgs/writing/contract/reactions";
import { splitName } from "@mgs/writing/contract/split-name";
import { findRoleNames, mentionName, type RoleNames } from "@mgs/writing/mentions/mention-names";
import type { CommentRow } from "./comments.repository";
import type { CommentDto } from "./contract/comment";

/**
 * Makes comments as the API tells them.
 * @param reveal true for who may read what was hidden
 */
export async function toCommentDtos(
  database: Database | Transaction,
  rows: readonly CommentRow[],
  { reveal = false }: { reveal?: boolean } = {},
): Promise<CommentDto[]> {
  const ids = new Set(
    rows.flatMap(({ authorId, resolvedBy, mentions }) => [
      authorId,
      ...(resolvedBy === null ? [] : [resolvedBy]),
      ...mentions.map(Number).filter(Number.isInteger),
    ]),
  );
  const [people, roles] = await Promise.all([
    findPeopleRights(database, [...ids]),
    findRoleNames(
      database,
      rows.flatMap(({ mentions }) => mentions),
    ),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) => toDto(row, { names, roles, reveal }));
}

type Reading = { names: ReadonlyMap<number, string>; roles: RoleNames; reveal: boolean };

function toDto(row: CommentRow, { names, roles, reveal }: Reading): CommentDto {
  const isShown = row.deletedAt === null && (row.hiddenAt === null || reveal);
  const mentions = isShown ? row.mentions : [];
  const nameOf = (id: number) => names.get(id) ?? "";
  return {
    id: row.id,
    content: isShown ? row.content : "",
    user: { id: row.authorId, ...splitName(nameOf(row.authorId)), avatar: null },
    mentions: mentions.map((key) => (Number.isInteger(Number(key)) ? Number(key) : key)),
    mentioned: mentions.map((key) => ({ key, name: mentionName(key, row.content, names, roles) })),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    edited_at: row.editedAt?.toISOString() ?? null,
    deleted_at: row.deletedAt?.toISOString() ?? null,
    hidden: row.hiddenAt === null ? null : { at: row.hiddenAt.toISOString(), reason: row.hiddenReason },
    parent_id: row.parentId,
    thread_id: row.threadId,
    resolved:
      row.resolvedAt === null
        ? null
        : { at: row.resolvedAt.toISOString(), by: row.resolvedBy === null ? "" : nameOf(row.resolvedBy) },
    reactions: groupReactions(row.reactions),
    place: Number(row.place),
    seq: Number(row.seq),
  };
}
