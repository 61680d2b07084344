import { readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { listAskableRoles } from "../opinions/list-askable-roles";
import { listAwaited } from "../opinions/list-awaited";
import { listAssignees } from "../record/list-assignees";
import { PORTALS, READ, raw } from "../route-parts";

/** Routes of what the forms and filters of dossiers offer for choice. */
export const choiceRoutes = [
  {
    method: "GET",
    path: "/api/dossiers/assignees",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => ok(await listAssignees(deps, actor, readQuery(request, raw))),
  },
  {
    method: "GET",
    path: "/api/dossiers/asked",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => ok(await listAwaited(deps, actor, readQuery(request, raw))),
  },
  {
    method: "GET",
    path: "/api/dossiers/askable-roles",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => ok(await listAskableRoles(deps, actor, readQuery(request, raw))),
  },
] as const satisfies readonly Route<PortalDeps>[];
