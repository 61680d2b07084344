"use server";

import { rolePath, rolesPath } from "@mgs/console/links";
import { createRole } from "@mgs/identity/roles/create-role";
import { deleteRole } from "@mgs/identity/roles/delete-role";
import { updateRole } from "@mgs/identity/roles/update-role";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { runAction } from "../../../../features/console/run-action";
import { grantablePermissions } from "../../../../features/roles/permission-groups";

// The use cases check what these get: an action can be called with anything.

export async function create(values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor }) => {
    const deps = { ...runtime, grantable: grantablePermissions() };
    const { slug } = await createRole(deps, actor, withLists(values) as Parameters<typeof createRole>[2]);
    return { redirect: rolePath(slug) };
  });
}

export async function save(slug: string, values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const deps = { ...runtime, grantable: grantablePermissions() };
    const input = { ...withLists(values), slug } as Parameters<typeof updateRole>[2];
    const { changed } = await updateRole(deps, actor, input);
    return texts.t(changed ? "roles.saved" : "roles.unchanged");
  });
}

export async function remove(slug: string, values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor }) => {
    const { to } = values;
    await deleteRole(runtime, actor, { slug, ...(typeof to === "string" && to !== "" ? { to } : {}) });
    return { redirect: rolesPath() };
  });
}

/** A form whose rights are fixed has no boxes. */
function withLists(values: FormValues): FormValues {
  return { portals: [], permissions: [], ...values };
}
