import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import { readSocketId } from "@mgs/http/socket-id";
import type { PortalDeps } from "@mgs/module/portal-deps";
import type { Subject } from "@mgs/records/subject";
import { keepDraft } from "@mgs/writing/drafts/drafts";
import { listCommentDrafts } from "./list-drafts";
import { listWords, saveWords } from "./moderation/comment-words";
import { hideComment } from "./moderation/hide-comment";
import { listReports, reportComment, settleReports } from "./moderation/report-comment";
import { givePresenceSign, leavePresence, listPresence, type PresencePorts } from "./presence/presence";
import { BODY, raw, subjectRouting, tabOf } from "./routes";
import { searchMentionable } from "./search-mentionable";
import { inviteToThread, listThreads, openPrivateThread } from "./threads/private-threads";

/** What stands beside the comments of one kind of record: who can be named, private threads, drafts, presence and moderation. */
export function besideRoutesOf(subject: Subject, ports: PresencePorts): readonly Route<PortalDeps>[] {
  return [...textRoutesOf(subject), ...presenceRoutesOf(subject, ports), ...moderationRoutesOf(subject)];
}

function textRoutesOf(subject: Subject): readonly Route<PortalDeps>[] {
  const { path, read, write } = subjectRouting(subject);
  return [
    {
      ...{ method: "GET", path: path("mentionable"), ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) =>
        ok(await searchMentionable(deps, actor, subject, id, readQuery(request, raw))),
    },
    {
      ...{ method: "GET", path: path("threads"), ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" } }, deps) => ok(await listThreads(deps, actor, subject, id)),
    },
    {
      ...{ method: "POST", path: path("threads"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) =>
        ok(await openPrivateThread(deps, actor, subject, id, await readJson(request, raw, BODY)), { status: 201 }),
    },
    {
      ...{ method: "POST", path: path("threads/{threadId}/people"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", threadId = "" }, request }, deps) =>
        ok(await inviteToThread(deps, actor, subject, id, threadId, await readJson(request, raw, BODY))),
    },
    {
      ...{ method: "GET", path: path("comment-drafts"), ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" } }, deps) => ok(await listCommentDrafts(deps, actor, subject, id)),
    },
    {
      ...{ method: "PUT", path: path("comment-drafts"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) => {
        const input = await readJson(request, raw, BODY);
        return ok(await keepDraft(deps, actor, subject, id, input));
      },
    },
  ];
}

function presenceRoutesOf(subject: Subject, ports: PresencePorts): readonly Route<PortalDeps>[] {
  const { path, read } = subjectRouting(subject);
  const signOf = (request: Request) => ({ input: readQuery(request, raw), socketId: readSocketId(request) });
  return [
    {
      ...{ method: "GET", path: path("presence/users"), ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" } }, deps) =>
        ok(await listPresence({ ...deps, ...ports }, actor, subject, id)),
    },
    {
      ...{ method: "POST", path: path("presence/join"), ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) =>
        ok(await givePresenceSign({ ...deps, ...ports }, actor, subject, id, signOf(request), { typing: false })),
    },
    {
      ...{ method: "POST", path: path("presence/typing"), ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) =>
        ok(await givePresenceSign({ ...deps, ...ports }, actor, subject, id, signOf(request), { typing: true })),
    },
    {
      ...{ method: "POST", path: path("presence/leave"), ...read },
      access: "signed-in",
      handler: async ({ actor, params: { id = "" }, request }, deps) =>
        ok(await leavePresence({ ...deps, ...ports }, actor, subject, id, signOf(request))),
    },
  ];
}

function moderationRoutesOf(subject: Subject): readonly Route<PortalDeps>[] {
  const { path, write } = subjectRouting(subject);
  return [
    {
      ...{ method: "POST", path: path("comments/{commentId}/visibility"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", commentId = "" }, request }, deps) => {
        const input = await readJson(request, raw, BODY);
        return ok(await hideComment(deps, actor, subject, id, commentId, input, tabOf(request)));
      },
    },
    {
      ...{ method: "POST", path: path("comments/{commentId}/reports"), body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", commentId = "" }, request }, deps) => {
        await reportComment(deps, actor, subject, id, commentId, await readJson(request, raw, BODY));
        return ok(null, { status: 201 });
      },
    },
    {
      ...{ method: "DELETE", path: path("comments/{commentId}/reports"), ...write },
      access: "signed-in",
      handler: async ({ actor, params: { id = "", commentId = "" } }, deps) => {
        await settleReports(deps, actor, subject, id, commentId);
        return ok(null);
      },
    },
  ];
}

/** Moderation over all records. */
export function moderationRoutes(subjects: readonly Subject[]): readonly Route<PortalDeps>[] {
  const [first] = subjects;
  if (!first) return [];
  const { read, write } = subjectRouting(first);
  return [
    {
      ...{ method: "GET", path: "/api/comment-reports", ...read },
      access: "signed-in",
      handler: async ({ actor }, deps) => ok(await listReports(deps, actor, subjects)),
    },
    {
      ...{ method: "GET", path: "/api/comment-words", ...read },
      access: "signed-in",
      handler: async ({ actor }, deps) => ok(await listWords(deps, actor)),
    },
    {
      ...{ method: "PUT", path: "/api/comment-words", body: BODY, ...write },
      access: "signed-in",
      handler: async ({ actor, request }, deps) => ok(await saveWords(deps, actor, await readJson(request, raw, BODY))),
    },
  ];
}
