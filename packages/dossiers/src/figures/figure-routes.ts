import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { PORTALS, READ } from "../route-parts";
import { readFigures } from "./read-figures";

/** Route of the figures of the dashboard. */
export const figureRoutes = [
  {
    method: "GET",
    path: "/api/dossiers/figures",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    handler: async ({ actor }, deps) => ok(await readFigures(deps, actor)),
  },
] as const satisfies readonly Route<PortalDeps>[];
