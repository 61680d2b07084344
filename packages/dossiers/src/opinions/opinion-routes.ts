import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { BODY, idOf, PORTALS, READ, raw, tabOf, WRITE } from "../route-parts";
import { answerOpinion, withdrawOpinion } from "./answer-opinion";
import { askOpinion } from "./ask-opinion";
import { listOpinions } from "./list-opinions";
import type { OpinionPorts } from "./opinion-ports";

/** Routes of opinions ("avis") on a dossier. */
export const opinionRoutes = (ports: OpinionPorts) =>
  [
    {
      method: "GET",
      path: "/api/dossiers/{id}/opinions",
      portals: PORTALS,
      access: "signed-in",
      scope: READ,
      handler: async ({ actor, params }, deps) => ok(await listOpinions(deps, actor, idOf(params))),
    },
    {
      method: "POST",
      path: "/api/dossiers/{id}/opinions",
      portals: PORTALS,
      access: "signed-in",
      scope: WRITE,
      body: BODY,
      handler: async ({ actor, params, request }, deps) => {
        const input = await readJson(request, raw, BODY);
        const idempotencyKey = request.headers.get("idempotency-key") ?? undefined;
        const options = { idempotencyKey, ...tabOf(request) };
        return ok(await askOpinion({ ...deps, ...ports }, actor, idOf(params), input, options), { status: 201 });
      },
    },
    {
      method: "POST",
      path: "/api/dossiers/{id}/opinions/{opinionId}/answer",
      portals: PORTALS,
      access: "signed-in",
      scope: WRITE,
      body: BODY,
      handler: async ({ actor, params, request }, deps) => {
        const input = await readJson(request, raw, BODY);
        return ok(await answerOpinion(deps, actor, idOf(params), params.opinionId ?? "", input, tabOf(request)));
      },
    },
    {
      method: "POST",
      path: "/api/dossiers/{id}/opinions/{opinionId}/withdraw",
      portals: PORTALS,
      access: "signed-in",
      scope: WRITE,
      handler: async ({ actor, params, request }, deps) =>
        ok(await withdrawOpinion(deps, actor, idOf(params), params.opinionId ?? "", tabOf(request))),
    },
  ] as const satisfies readonly Route<PortalDeps>[];
