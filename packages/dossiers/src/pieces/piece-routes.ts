import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { BODY, idOf, PORTALS, READ, raw, tabOf, WRITE } from "../route-parts";
import { askPiece, changePiece } from "./change-pieces";
import { listPieces } from "./list-pieces";

/** Routes of a dossier's checklist. */
export const pieceRoutes = [
  {
    method: "GET",
    path: "/api/dossiers/{id}/pieces",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, params }, deps) => ok(await listPieces(deps, actor, idOf(params))),
  },
  {
    method: "POST",
    path: "/api/dossiers/{id}/pieces",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) =>
      ok(await askPiece(deps, actor, idOf(params), await readJson(request, raw, BODY), tabOf(request)), {
        status: 201,
      }),
  },
  {
    method: "PATCH",
    path: "/api/dossiers/{id}/pieces/{pieceId}",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) => {
      const input = await readJson(request, raw, BODY);
      return ok(await changePiece(deps, actor, idOf(params), params.pieceId ?? "", input, tabOf(request)));
    },
  },
] as const satisfies readonly Route<PortalDeps>[];
