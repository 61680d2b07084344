import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { BODY, idOf, PORTALS, READ, raw, tabOf, userOf, WRITE } from "../route-parts";
import { giveAccess, takeAccess } from "./change-access";
import { followDossier, unfollowDossier } from "./follow-dossier";
import { listDossierPeople } from "./list-dossier-people";

/** Routes of who sees a dossier and who follows it. */
export const peopleRoutes = [
  {
    method: "GET",
    path: "/api/dossiers/{id}/people",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, params }, deps) => ok(await listDossierPeople(deps, actor, idOf(params))),
  },
  {
    method: "POST",
    path: "/api/dossiers/{id}/people",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) =>
      ok(await giveAccess(deps, actor, idOf(params), await readJson(request, raw, BODY), tabOf(request))),
  },
  {
    method: "DELETE",
    path: "/api/dossiers/{id}/people/{userId}",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor, params, request }, deps) =>
      ok(await takeAccess(deps, actor, idOf(params), userOf(params), tabOf(request))),
  },
  {
    method: "POST",
    path: "/api/dossiers/{id}/follow",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor, params }, deps) => ok(await followDossier(deps, actor, idOf(params))),
  },
  {
    method: "DELETE",
    path: "/api/dossiers/{id}/follow",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor, params }, deps) => ok(await unfollowDossier(deps, actor, idOf(params))),
  },
] as const satisfies readonly Route<PortalDeps>[];
