import { BUILT_IN_ROLES } from "@mgs/core/roles";
import { z } from "zod";

/** Slug of a role in the OpenAPI document. */
export const roleSlug = z.string().meta({
  id: "Role",
  description: "Slug of the role: one of those that every installation has, or one that its administrators added",
  examples: [...BUILT_IN_ROLES],
});
/** Name of a role in the OpenAPI document. */
export const roleName = z.string().meta({ description: "Name of the role, in the caller's language" });
