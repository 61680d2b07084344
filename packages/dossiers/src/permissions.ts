import { ADMINISTRATORS, COLLEAGUES, definePermissions, PEOPLE } from "@mgs/core/permissions";

/**
 * What people may do with dossiers, besides the access to each (`access.repository.ts`): an action on a dossier needs both. The roles that
 * every installation has were granted theirs when the table came.
 */
export const dossierPermissions = definePermissions({
  "dossiers.read-all": {
    description:
      "see every dossier; others see those that they opened, are assigned, follow, were asked about or were given access to",
    audience: COLLEAGUES,
    scope: "dossiers:read",
  },
  "dossiers.open": { description: "open a dossier", audience: PEOPLE, scope: "dossiers:write" },
  "dossiers.work": {
    description: "change the dossiers that one sees, move them on, ask for opinions, and hold sessions",
    audience: COLLEAGUES,
    scope: "dossiers:write",
  },
  "dossiers.decide": {
    description: "approve or reject the dossiers that one sees",
    audience: COLLEAGUES,
    scope: "dossiers:write",
  },
  "dossiers.reopen": {
    description: "open the decided and closed dossiers that one sees again",
    audience: COLLEAGUES,
    scope: "dossiers:write",
  },
  "dossiers.grant": {
    description: "give others access to the dossiers that one sees",
    audience: COLLEAGUES,
    scope: "dossiers:write",
  },
  "dossier-types.manage": {
    description: "define types of dossiers: their fields, checklist, due time and default assignee",
    audience: ADMINISTRATORS,
    scope: "dossiers:write",
  },
});
export const { can, requirePermission } = dossierPermissions;
