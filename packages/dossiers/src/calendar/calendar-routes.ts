import { readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { PORTALS, READ, raw } from "../route-parts";
import { readCalendar } from "./read-calendar";

/** Route of the calendar of due dates. */
export const calendarRoutes = [
  {
    method: "GET",
    path: "/api/dossiers/calendar",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor, request }, deps) => ok(await readCalendar(deps, actor, readQuery(request, raw))),
  },
] as const satisfies readonly Route<PortalDeps>[];
