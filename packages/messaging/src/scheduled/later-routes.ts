import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import type { MessagingPorts } from "../deps";
import { listReminders } from "../reminders/remind";
import { bodyOf, READ, WRITE, WRITE_BODY, withPorts } from "../route-parts";
import { cancelScheduled, listScheduled, rescheduleMessage, scheduleMessage } from "./schedule-message";

/** Routes of what comes later: scheduled messages and reminders. */
export function laterRoutes(ports: MessagingPorts): readonly Route<PortalDeps>[] {
  const handle = withPorts(ports);
  return [
    {
      ...{ method: "GET", path: "/api/conversations/reminders", ...READ },
      handler: handle(async (deps, { actor }) => ok(await listReminders(deps, actor))),
    },
    {
      ...{ method: "GET", path: "/api/conversations/scheduled", ...READ },
      handler: handle(async (deps, { actor }) => ok(await listScheduled(deps, actor))),
    },
    {
      ...{ method: "PATCH", path: "/api/conversations/scheduled/{id}", ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await rescheduleMessage(deps, actor, id, await bodyOf(request))),
      ),
    },
    {
      ...{ method: "DELETE", path: "/api/conversations/scheduled/{id}", ...WRITE },
      handler: handle(async (deps, { actor, params: { id = "" } }) => {
        await cancelScheduled(deps, actor, id);
        return ok(null);
      }),
    },
    {
      ...{ method: "POST", path: "/api/conversations/{id}/scheduled", ...WRITE_BODY },
      handler: handle(async (deps, { actor, request, params: { id = "" } }) =>
        ok(await scheduleMessage(deps, actor, id, await bodyOf(request)), { status: 201 }),
      ),
    },
  ];
}
