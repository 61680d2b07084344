import { parseUserId } from "@mgs/core/user-id";
import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import { readSocketId } from "@mgs/http/socket-id";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { DOSSIER_TIME_ZONE, todayOf } from "./deps";
import { editDossier } from "./record/edit-dossier";
import { listDossiers } from "./record/list-dossiers";
import { openDossier } from "./record/open-dossier";
import { getDossier } from "./record/read-dossier";
import { takeStep } from "./record/take-step";

/** Routes pass input on unparsed: the use case checks the access before it parses. */
const raw = z.unknown();
const BODY = { kind: "json", maxBytes: 128 * 1024 } as const;
const PORTALS = ["gestion-dossier"] as const;
const READ = "dossiers:read";
const WRITE = "dossiers:write";

/** An id of no dossier where the path has none: the use case answers that there is none. */
const idOf = ({ id = "" }: Record<string, string>): number => parseUserId(id) ?? 0;

/** The tab that makes a change: it is not told of it. */
const tabOf = (request: Request) => ({ socketId: readSocketId(request) });

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
