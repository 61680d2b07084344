import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { endAbsence } from "./absences/end-absence";
import { listAbsences } from "./absences/list-absences";
import { nameSubstitute } from "./absences/name-substitute";

/** Routes pass input on unparsed: the use case checks the permission before it parses. */
const raw = z.unknown();
const BODY = { kind: "json", maxBytes: 64 * 1024 } as const;

/** Routes of absences, in every portal. */
export const calendarRoutes = [
  {
    method: "GET",
    path: "/api/absences",
    access: "signed-in",
    scope: "profile",
    handler: async ({ actor }, deps) => ok(await listAbsences(deps, actor)),
  },
  {
    method: "POST",
    path: "/api/absences",
    access: "signed-in",
    scope: "profile:write",
    body: BODY,
    handler: async ({ actor, request }, deps) =>
      ok(await nameSubstitute(deps, actor, await readJson(request, raw, BODY)), { status: 201 }),
  },
  {
    method: "DELETE",
    path: "/api/absences/{id}",
    access: "signed-in",
    scope: "profile:write",
    handler: async ({ actor, params }, deps) => {
      await endAbsence(deps, actor, params.id ?? "");
      return ok(null);
    },
  },
] as const satisfies readonly Route<PortalDeps>[];
