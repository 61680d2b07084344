import { ADMINISTRATORS, COLLEAGUES, definePermissions } from "@mgs/core/permissions";

/** What people may do with others' comments, besides the access to the record that they are on. */
export const commentPermissions = definePermissions({
  "comments.moderate": {
    description: "delete and hide the comments of others on the records that one sees, and settle reports",
    audience: COLLEAGUES,
  },
  "comment-words.manage": { description: "keep the list of words that no comment may have", audience: ADMINISTRATORS },
});
export const { can, requirePermission } = commentPermissions;
