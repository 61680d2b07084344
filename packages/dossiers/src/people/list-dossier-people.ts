import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { holdsPermission } from "@mgs/core/roles";
import { isUserId } from "@mgs/core/user-id";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { findAccess, findFollowers } from "../access.repository";
import type { DossierPeopleDto } from "../contract/people";
import type { AccessReason } from "../contract/rules";
import type { DossierDeps } from "../deps";
import { findDossierRow } from "../dossiers.repository";
import { findOpinions } from "../opinions/opinions.repository";
import { can } from "../permissions";

/** Lists who sees a dossier, and why: people by name, and roles. @throws AppError DOSSIER_NOT_FOUND */
export async function listDossierPeople(deps: DossierDeps, actor: Actor, dossierId: number): Promise<DossierPeopleDto> {
  const { database } = deps;
  if (!isUserId(dossierId) || !(await findDossierRow(database, actor, dossierId)))
    throw new AppError("DOSSIER_NOT_FOUND");
  const [access, followers, opinions, roles] = await Promise.all([
    findAccess(database, dossierId),
    findFollowers(database, dossierId),
    findOpinions(database, dossierId),
    findRoles(database),
  ]);
  const reasons = new Map<number, { reasons: AccessReason[]; since: Date }>();
  for (const { userId, reason, since } of access) {
    const known = reasons.get(userId);
    if (known) known.reasons.push(reason);
    else reasons.set(userId, { reasons: [reason], since });
  }
  const people = (await findPeopleRights(database, [...reasons.keys()])).filter(({ disabled }) => !disabled);
  const asked = new Set(opinions.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ askedRole }) => askedRole));
  const locale = actor.kind === "user" ? actor.locale : "fr";
  return {
    people: people
      .map(({ id, name }) => {
        const known = reasons.get(id);
        return { id, name, reasons: known?.reasons ?? [], since: known?.since.toISOString() ?? "" };
      })
      .sort((one, other) => one.name.localeCompare(other.name, locale)),
    roles: roles.flatMap(({ slug, nameFr, nameEn, permissions }): DossierPeopleDto["roles"] => {
      const role = { slug, name: locale === "fr" ? nameFr : nameEn };
      if (holdsPermission({ role: slug, permissions }, "dossiers.read-all")) return [{ ...role, reason: "read-all" }];
      return asked.has(slug) ? [{ ...role, reason: "asked" }] : [];
    }),
    following: actor.kind === "user" && followers.includes(actor.userId),
    may: { grant: can(actor, "dossiers.grant") },
  };
}
