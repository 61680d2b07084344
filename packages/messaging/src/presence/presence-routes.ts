import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import type { MessagingPorts } from "../deps";
import { BODY, bodyOf, queryOf, withPorts } from "../route-parts";
import { listPresences } from "./list-presences";
import { chooseOwnPresence, getOwnPresence, noteUse } from "./own-presence";

const USERS = { access: "signed-in", scope: "users:read" } as const;
const OWN = { access: "signed-in", scope: "messages:write" } as const;

/** Routes of how people are seen, in every portal. */
export function presenceRoutes(ports: MessagingPorts): readonly Route<PortalDeps>[] {
  const handle = withPorts(ports);
  return [
    {
      ...{ method: "GET", path: "/api/presence", query: "?ids=1", ...USERS },
      handler: handle(async (deps, { actor, request }) => ok(await listPresences(deps, actor, queryOf(request)))),
    },
    {
      ...{ method: "GET", path: "/api/presence/me", access: "signed-in", scope: "messages:read" },
      handler: handle(async (deps, { actor }) => ok(await getOwnPresence(deps, actor))),
    },
    {
      ...{ method: "PUT", path: "/api/presence/me", body: BODY, ...OWN },
      handler: handle(async (deps, { actor, request }) =>
        ok(await chooseOwnPresence(deps, actor, await bodyOf(request))),
      ),
    },
    {
      ...{ method: "POST", path: "/api/presence/me/use", ...OWN },
      handler: handle(async (deps, { actor }) => {
        await noteUse(deps, actor);
        return ok(null);
      }),
    },
  ];
}
