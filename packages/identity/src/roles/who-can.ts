import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isGrantable, type PermissionTable } from "@mgs/core/permissions";
import { PORTALS } from "@mgs/core/portals";
import type { Role } from "@mgs/core/roles";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { AccessGrant, SubjectAccess } from "@mgs/module/subject-access";
import { readPage } from "@mgs/records/lists/read-page";
import { z } from "zod";
import { findPersonRow, hasRoleOf, peopleList, peopleQuery, readPeopleRows } from "../people/people.repository";
import { listPeopleInput } from "../people/people-filter";
import { type Person, toPerson } from "../people/person-dto";
import { isAdministratorRole, portalsOpenTo, requirePermission } from "../permissions";
import { findRoles, type RoleRow } from "./roles.repository";

export type WhoCanDeps = {
  database: Database;
  /** Every permission of the composition by name. */
  permissions: PermissionTable;
  subjects: readonly SubjectAccess[];
};

const whoCanInput = z.strictObject({
  what: z.union([
    z.strictObject({ permission: z.string() }),
    z.strictObject({ portal: z.enum(PORTALS) }),
    z.strictObject({ type: z.string(), id: z.string().refine(isStorableText, { error: "INVALID_TEXT" }) }),
  ]),
  search: listPeopleInput.shape.search,
  after: listPeopleInput.shape.after,
});
export type WhoCanInput = z.input<typeof whoCanInput>;

/** A role by which people may; administrators may by being administrators, others because it was granted the right. */
export type RoleReason = {
  slug: Role;
  names: Readonly<Record<"fr" | "en", string>>;
  because: "administrator" | "granted" | "portal";
};

export type WhoCan = {
  /** Everybody may, whatever their role. */
  everybody: boolean;
  /** Each person may where it is about themself, besides the others. */
  self: boolean;
  roles: RoleReason[];
  /** People who may for a reason of their own, such as the recipient of a notification. */
  owners: { person: Person; reason: string }[];
  /** People of those roles whose account is open, by name. */
  people: Person[];
  next: string | null;
};

const PAGE_SIZE = 50;

/**
 * Tells who may take an action, open a portal or open a record, and by which role or for which reason.
 * @throws AppError FORBIDDEN, VALIDATION_ERROR; NOT_FOUND for an action or a record that there is none of
 */
export async function whoCan(deps: WhoCanDeps, actor: Actor, input: WhoCanInput): Promise<WhoCan> {
  requirePermission(actor, "roles.read");
  const { what, search = "", after } = validate(whoCanInput, input);
  const all = await findRoles(deps.database);
  const grants = "type" in what ? await findGrants(deps, what) : [];
  const actions = "permission" in what ? [what.permission] : grants.flatMap(permissionOf);
  const rules = actions.map((action) => ({ action, rule: findRule(deps.permissions, action) }));
  const everybody = rules.some(({ rule }) => rule.audience.everybody);
  const reasons = new Map<Role, RoleReason["because"]>();
  const portals = "portal" in what ? [what.portal] : actions.includes("portal.open") ? PORTALS : [];
  for (const role of all) if (portals.some((portal) => isAtWork(role, portal))) reasons.set(role.slug, "portal");
  for (const { action, rule } of rules) {
    for (const role of everybody ? [] : all) {
      if (rule.audience.grantable && isAdministratorRole(role.slug)) reasons.set(role.slug, "administrator");
      else if (
        isGrantable(rule) &&
        role.permissions.some((granted) => granted === action) &&
        isAtWork(role, rule.audience.portal)
      ) {
        reasons.set(role.slug, "granted");
      }
    }
  }
  const slugs = [...reasons.keys()];
  const query = { ...peopleQuery({ search, state: "active" }), visible: hasRoleOf(slugs) };
  const { ids, next } = await readPage(deps.database, peopleList, query, { sort: "name", after, limit: PAGE_SIZE });
  return {
    everybody,
    self: rules.some(({ rule }) => rule.audience.self),
    roles: all.flatMap(({ slug, nameFr, nameEn }) => {
      const because = reasons.get(slug);
      return because ? [{ slug, names: { fr: nameFr, en: nameEn }, because }] : [];
    }),
    owners: await findOwners(deps.database, grants),
    people: (await readPeopleRows(deps.database, ids.map(Number))).map(toPerson),
    next,
  };
}

const openTo = ({ slug, portals, permissions }: RoleRow) => portalsOpenTo({ role: slug, portals, permissions });

function isAtWork(role: RoleRow, portal: string | undefined): boolean {
  return portal === undefined || openTo(role).some((open) => open === portal);
}

function findRule(permissions: PermissionTable, action: string): PermissionTable[string] {
  const rule = permissions[action];
  if (!rule) throw new AppError("NOT_FOUND");
  return rule;
}

async function findGrants(
  deps: WhoCanDeps,
  { type, id }: { type: string; id: string },
): Promise<readonly AccessGrant[]> {
  const grants = await deps.subjects.find((subject) => subject.type === type)?.find(deps.database, id);
  if (!grants) throw new AppError("NOT_FOUND");
  return grants;
}

function permissionOf(grant: AccessGrant): string[] {
  return grant.kind === "permission" ? [grant.permission] : [];
}

async function findOwners(database: Database, grants: readonly AccessGrant[]): Promise<WhoCan["owners"]> {
  const owners: WhoCan["owners"] = [];
  for (const grant of grants) {
    const row = grant.kind === "person" ? await findPersonRow(database, grant.userId) : null;
    if (row && !row.disabledAt && grant.kind === "person") owners.push({ person: toPerson(row), reason: grant.reason });
  }
  return owners;
}
