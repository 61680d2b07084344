import { readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { readRecordCard } from "./cards/read-card";
import { type ChangeDeps, listRecordChanges, listRecordHistory } from "./changes/list-record-changes";
import { type Subject, subjectApiPath } from "./subject";

/** Routes pass input on unparsed: the use case checks the access before it parses. */
const raw = z.unknown();

/** What a link to a record is shown as, in every portal. Its scope is that of the record's kind. */
export const cardRoutes = (subjects: readonly Subject[]): readonly Route<PortalDeps>[] => [
  {
    ...{ path: "/api/record-card", query: "?url=http://localhost/", scope: null },
    method: "GET",
    access: "signed-in",
    handler: async ({ actor, request }, deps) =>
      ok(await readRecordCard(deps, actor, subjects, readQuery(request, raw))),
  },
];

/** Routes of every kind of record: what happened to it. Each has the scope of its records. */
export const recordRoutes = (
  subjects: readonly Subject[],
  { namesOf }: Pick<ChangeDeps, "namesOf">,
): readonly Route<PortalDeps>[] =>
  subjects.flatMap((subject): Route<PortalDeps>[] => {
    const { portal, scopes } = subject;
    const shared = { method: "GET", portals: [portal], scope: scopes.read } as const;
    return [
      {
        ...shared,
        access: "signed-in",
        path: subjectApiPath(subject, "{id}", "changes"),
        query: "?after=0",
        handler: async ({ actor, params, request }, deps) =>
          ok(
            await listRecordChanges(
              { database: deps.database, namesOf },
              actor,
              subject,
              params.id ?? "",
              readQuery(request, raw),
            ),
          ),
      },
      {
        ...shared,
        access: "signed-in",
        path: subjectApiPath(subject, "{id}", "history"),
        handler: async ({ actor, params, request }, deps) =>
          ok(
            await listRecordHistory(
              { database: deps.database, namesOf },
              actor,
              subject,
              params.id ?? "",
              readQuery(request, raw),
            ),
          ),
      },
    ];
  });
