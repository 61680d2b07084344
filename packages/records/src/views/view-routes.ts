import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { deleteView } from "./delete-view";
import { editView } from "./edit-view";
import { listViews } from "./list-views";
import { restoreView } from "./restore-view";
import { saveView } from "./save-view";
import type { ViewPorts } from "./view-dto";

/** Routes pass input on unparsed: the use case knows which list it is about. */
const raw = z.unknown();
const BODY = { kind: "json", maxBytes: 64 * 1024 } as const;

/** Routes of saved views, in the portals that have lists with views. The scope is that of the list. */
export const viewRoutes = (ports: ViewPorts) => {
  const shared = {
    scope: null,
    portals: [...new Set(ports.lists.map(({ portal }) => portal))],
  } as const;
  return [
    {
      ...shared,
      access: "signed-in",
      method: "GET",
      path: "/api/views",
      query: `?list=${ports.lists[0]?.name}`,
      handler: async ({ actor, request }, deps) => ok(await listViews(deps, actor, ports, readQuery(request, raw))),
    },
    {
      ...shared,
      access: "signed-in",
      method: "POST",
      path: "/api/views",
      body: BODY,
      handler: async ({ actor, request }, deps) =>
        ok(await saveView(deps, actor, ports, await readJson(request, raw, BODY)), { status: 201 }),
    },
    {
      ...shared,
      access: "signed-in",
      method: "PATCH",
      path: "/api/views/{id}",
      body: BODY,
      handler: async ({ actor, params, request }, deps) =>
        ok(await editView(deps, actor, ports, params.id ?? "", await readJson(request, raw, BODY))),
    },
    {
      ...shared,
      access: "signed-in",
      method: "DELETE",
      path: "/api/views/{id}",
      handler: async ({ actor, params }, deps) => ok(await deleteView(deps, actor, ports, params.id ?? "")),
    },
    {
      ...shared,
      access: "signed-in",
      method: "POST",
      path: "/api/views/{id}/restore",
      handler: async ({ actor, params }, deps) => ok(await restoreView(deps, actor, ports, params.id ?? "")),
    },
  ] as const satisfies readonly Route<PortalDeps>[];
};
