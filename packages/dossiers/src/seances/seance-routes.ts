import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { BODY, idOf, PORTALS, READ, raw, tabOf, WRITE } from "../route-parts";
import { cancelSeance, restoreSeance } from "./cancel-seance";
import { createSeance } from "./create-seance";
import { editSeance } from "./edit-seance";
import { listSeances } from "./list-seances";
import { getSeance } from "./read-seance";

/** Routes of sessions, in Gestion-Dossier. */
export const seanceRoutes = [
  {
    method: "GET",
    path: "/api/sessions",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => ok(await listSeances(deps, actor, readQuery(request, raw))),
  },
  {
    method: "POST",
    path: "/api/sessions",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, request }, deps) => {
      const { seance, repeated } = await createSeance(deps, actor, await readJson(request, raw, BODY), {
        idempotencyKey: request.headers.get("idempotency-key") ?? undefined,
        ...tabOf(request),
      });
      return ok(seance, { status: 201, headers: repeated ? { "idempotency-replayed": "true" } : {} });
    },
  },
  {
    method: "GET",
    path: "/api/sessions/{id}",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, params }, deps) => ok(await getSeance(deps, actor, idOf(params))),
  },
  {
    method: "PATCH",
    path: "/api/sessions/{id}",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) =>
      ok(await editSeance(deps, actor, idOf(params), await readJson(request, raw, BODY), tabOf(request))),
  },
  {
    method: "DELETE",
    path: "/api/sessions/{id}",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor, params, request }, deps) =>
      ok(await cancelSeance(deps, actor, idOf(params), tabOf(request))),
  },
  {
    method: "POST",
    path: "/api/sessions/{id}/restore",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor, params, request }, deps) =>
      ok(await restoreSeance(deps, actor, idOf(params), tabOf(request))),
  },
] as const satisfies readonly Route<PortalDeps>[];
