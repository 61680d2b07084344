import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { BODY, idOf, PORTALS, READ, raw, WRITE } from "../route-parts";
import { listTypes } from "./list-types";
import { createType, editType } from "./write-type";

/** Routes of types of dossiers, in Gestion-Dossier. */
export const typeRoutes = [
  {
    method: "GET",
    path: "/api/dossier-types",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor }, deps) => ok(await listTypes(deps, actor)),
  },
  {
    method: "POST",
    path: "/api/dossier-types",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, request }, deps) =>
      ok(await createType(deps, actor, await readJson(request, raw, BODY)), { status: 201 }),
  },
  {
    method: "PATCH",
    path: "/api/dossier-types/{id}",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) =>
      ok(await editType(deps, actor, idOf(params), await readJson(request, raw, BODY))),
  },
] as const satisfies readonly Route<PortalDeps>[];
