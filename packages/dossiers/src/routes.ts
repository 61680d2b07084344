import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { readBoard } from "./board/read-board";
import { editDossiers } from "./bulk/edit-dossiers";
import { DOSSIER_TIME_ZONE, todayOf } from "./deps";
import { editDossier } from "./record/edit-dossier";
import { listDossiers } from "./record/list-dossiers";
import { openDossier } from "./record/open-dossier";
import { getDossier } from "./record/read-dossier";
import { takeStep } from "./record/take-step";
import { BODY, idOf, PORTALS, READ, raw, tabOf, WRITE } from "./route-parts";

/** Routes of dossiers, in Gestion-Dossier. */
export const dossierRoutes = [
  {
    method: "GET",
    path: "/api/dossiers",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => ok(await listDossiers(deps, actor, readQuery(request, raw))),
  },
  {
    method: "POST",
    path: "/api/dossiers",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, request }, deps) => {
      const { dossier, repeated } = await openDossier(deps, actor, await readJson(request, raw, BODY), {
        idempotencyKey: request.headers.get("idempotency-key") ?? undefined,
        ...tabOf(request),
      });
      return ok(dossier, { status: 201, headers: repeated ? { "idempotency-replayed": "true" } : {} });
    },
  },
  {
    method: "GET",
    path: "/api/dossiers/export",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => {
      const query = readQuery(request, raw);
      const [{ exportDossiers }, { tableAnswer }] = await Promise.all([
        import("./record/export-dossiers"),
        import("@mgs/http/xlsx/table-answer"),
      ]);
      const { format, columns, rows, sheet } = await exportDossiers(deps, actor, query);
      return tableAnswer(format, `dossiers-${todayOf(deps.clock)}`, columns, rows, {
        sheet,
        timeZone: DOSSIER_TIME_ZONE,
      });
    },
  },
  {
    method: "GET",
    path: "/api/dossiers/board",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => ok(await readBoard(deps, actor, readQuery(request, raw))),
  },
  {
    method: "POST",
    path: "/api/dossiers/bulk",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, request }, deps) =>
      ok(await editDossiers(deps, actor, await readJson(request, raw, BODY), tabOf(request))),
  },
  {
    method: "GET",
    path: "/api/dossiers/{id}",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, params }, deps) => ok(await getDossier(deps, actor, idOf(params))),
  },
  {
    method: "PATCH",
    path: "/api/dossiers/{id}",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) =>
      ok(await editDossier(deps, actor, idOf(params), await readJson(request, raw, BODY), tabOf(request))),
  },
  {
    method: "POST",
    path: "/api/dossiers/{id}/steps",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) =>
      ok(await takeStep(deps, actor, idOf(params), await readJson(request, raw, BODY), tabOf(request))),
  },
] as const satisfies readonly Route<PortalDeps>[];
