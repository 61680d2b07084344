import { type Audience, definePermissions, PEOPLE } from "@mgs/core/permissions";

/** The author of a note, and our own system. */
const AUTHOR: Audience<{ authorId: number }> = {
  name: "the note's author; the command line",
  includes: (actor, { authorId }) => actor.kind === "system" || (actor.kind === "user" && actor.userId === authorId),
};

/** Permissions on notes. */
export const notePermissions = definePermissions({
  "note.write": { description: "write a note", audience: PEOPLE },
  "note.read": { description: "read the notes of an author", audience: AUTHOR },
});
export const { can, requirePermission } = notePermissions;
