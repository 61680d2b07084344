import { requireUser } from "@mgs/core/actor";
import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { listNotes } from "./list-notes";
import { writeNote } from "./write-note";

const BODY = { kind: "json", maxBytes: 4_096 } as const;

export const noteRoutes = [
  {
    method: "GET",
    path: "/api/notes",
    access: "signed-in",
    scope: "profile",
    handler: async ({ actor }, deps) => ok(await listNotes(deps, actor, requireUser(actor).userId)),
  },
  {
    method: "POST",
    path: "/api/notes",
    access: "signed-in",
    scope: "profile:write",
    body: BODY,
    handler: async ({ actor, request }, deps) =>
      ok(await writeNote(deps, actor, await readJson(request, z.unknown(), BODY)), { status: 201 }),
  },
] as const satisfies readonly Route<PortalDeps>[];
