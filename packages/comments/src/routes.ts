import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import { readSocketId } from "@mgs/http/socket-id";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { type Subject, subjectApiPath } from "@mgs/records/subject";
import { z } from "zod";
import { deleteComment, restoreComment } from "./record/delete-comment";
import { editComment } from "./record/edit-comment";
import { listCommentChanges, listComments } from "./record/list-comments";
import { postComment } from "./record/post-comment";
import { reactToComment } from "./record/react";
import { resolveThread } from "./record/resolve-thread";

/** Routes pass input on unparsed: the use case checks the access before it parses. */
export const raw = z.unknown();
export const BODY = { kind: "json", maxBytes: 256 * 1024 } as const;

/** What the routes of one kind of record have alike. */
export function subjectRouting(subject: Subject) {
  const portals = [subject.portal] as const;
  return {
    path: (rest: string) => subjectApiPath(subject, "{id}", rest),
    read: { portals, scope: subject.scopes.read } as const,
    write: { portals, scope: subject.scopes.write } as const,
  };
}

export const tabOf = (request: Request) => ({ socketId: readSocketId(request) });

/** Comments on one kind of record. */
export function commentRoutesOf(subject: Subject): readonly Route<PortalDeps>[] {
  const { path, read, write } = subjectRouting(subject);
  return [
    {
      ...{ method: "GET", path: path("comments"), ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) => {
        const page = await listComments(deps, actor, subject, id, readQuery(request, raw));
        // Older clients read the pages beside `data`.
        return ok(page, { extra: { pagination: page.pagination } });
      },
    },
    {
      ...{ method: "POST", path: path("comments"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) => {
        const input = await readJson(request, raw, BODY);
        const { comment, repeated } = await postComment(deps, actor, subject, id, input, tabOf(request));
        return ok(comment, { status: 201, headers: repeated ? { "idempotency-replayed": "true" } : {} });
      },
    },
    {
      ...{ method: "GET", path: path("comments/changes"), query: "?after=0", ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) =>
        ok(await listCommentChanges(deps, actor, subject, id, readQuery(request, raw))),
    },
    {
      ...{ method: "PUT", path: path("comments/{commentId}"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", commentId = "" }, request }, deps) => {
        const input = await readJson(request, raw, BODY);
        return ok(await editComment(deps, actor, subject, id, commentId, input, tabOf(request)));
      },
    },
    {
      ...{ method: "DELETE", path: path("comments/{commentId}"), ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", commentId = "" }, request }, deps) =>
        ok(await deleteComment(deps, actor, subject, id, commentId, tabOf(request))),
    },
    {
      ...{ method: "POST", path: path("comments/{commentId}/restore"), ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", commentId = "" }, request }, deps) =>
        ok(await restoreComment(deps, actor, subject, id, commentId, tabOf(request))),
    },
    {
      ...{ method: "POST", path: path("comments/{commentId}/reactions"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", commentId = "" }, request }, deps) => {
        const input = await readJson(request, raw, BODY);
        return ok(await reactToComment(deps, actor, subject, id, commentId, input, tabOf(request)));
      },
    },
    {
      ...{ method: "POST", path: path("comments/{commentId}/resolution"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", commentId = "" }, request }, deps) => {
        const input = await readJson(request, raw, BODY);
        return ok(await resolveThread(deps, actor, subject, id, commentId, input, tabOf(request)));
      },
    },
  ];
}
