import type { UserActor } from "@mgs/core/actor";
import type { AppError } from "@mgs/core/errors";
import { createSeance } from "@mgs/dossiers/seances/create-seance";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
import { describe, expect, it } from "vitest";
import { BUSINESS } from "./modules";
import { createApiClient } from "./testing/api-client";

const stage = useDossierStage();
const client = createApiClient(() => stage.deps());

const session = async (participants: readonly UserActor[], more: object = {}) => {
  const input = {
    ...{ title: "Commission", starts_at: "2026-12-04T09:00:00+03:00", ends_at: "2026-12-04T11:00:00+03:00" },
    participants: participants.map(({ userId }) => userId),
  };
  return (await createSeance(stage.deps(), stage.admin, { ...input, ...more })).seance.id;
};

describe("a client of the system before this", () => {
  it("writes, reads, changes and deletes comments on a session, and meets the codes that it knows", async () => {
    const [aina, lead] = [
      await stage.add("Aina Zo Rabe", "a@mgs.mg"),
      await stage.add("Hery", "h@mgs.mg", "gestionnaire"),
    ];
    const stranger = await stage.add("Onja", "o@mgs.mg");
    const path = `/sessions/${await session([aina])}/comments`;
    const call = client(aina);
    const first = await call("POST", path, { content: "Bonjour", mentions: [] });
    expect(first.status).toBe(201);
    expect(first.data).toMatchObject({
      content: "Bonjour",
      user: { id: aina.userId, firstname: "Aina Zo", lastname: "Rabe", avatar: null },
      mentions: [],
    });
    const own = `${path}/${first.data.id}`;
    expect((await call("PUT", own, { content: "Bonsoir", mentions: [aina.userId] })).data.content).toBe("Bonsoir");
    const listed = await call("GET", `${path}?page=1&limit=10`);
    expect(listed.json.pagination).toEqual({ page: 1, limit: 10, total: 1, totalPages: 1 });
    // Who sees the session and takes no part reads.
    const reader = client(lead);
    expect((await reader("GET", path)).status).toBe(200);
    expect(await reader("POST", path, { content: "x" })).toMatchObject({ status: 403, code: "NOT_PARTICIPANT" });
    expect(await client(stage.admin)("PUT", own, { content: "x" })).toMatchObject({ status: 403, code: "FORBIDDEN" });
    for (const [method, at, body] of [
      ["GET", path, undefined],
      ["POST", path, { content: "x" }],
      ["PUT", own, { content: "x" }],
      ["DELETE", own, undefined],
    ] as const)
      expect(await client(stranger)(method, at, body)).toMatchObject({ status: 404, code: "SESSION_NOT_FOUND" });
    expect(await call("POST", path, { content: "𝕏".repeat(1_001) })).toMatchObject({
      status: 422,
      code: "VALIDATION_ERROR",
    });
    const nobody = "0193a000-0000-7000-8000-000000000009";
    expect(await call("PUT", `${path}/${nobody}`, { content: "x" })).toMatchObject({
      status: 404,
      code: "COMMENT_NOT_FOUND",
    });
    expect(await client(null)("GET", path)).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect((await call("DELETE", own)).data).toMatchObject({ content: "", deleted_at: expect.any(String) });
    for (let i = 0; i < 19; i++) expect((await call("POST", path, { content: `${i}` })).status).toBe(201);
    expect(await call("POST", path, { content: "encore" })).toMatchObject({ status: 429, code: "RATE_LIMITED" });
  });

  it("is refused too many edits and reactions as too many comments: with the seconds to wait, in its language", async () => {
    const aina = await stage.add("Aina Rabe", "a@mgs.mg");
    const path = `/sessions/${await session([aina])}/comments`;
    const [call, inEnglish] = [client(aina), client({ ...aina, locale: "en" })];
    const own = `${path}/${(await call("POST", path, { content: "Bonjour" })).data.id}`;
    const acts = [
      [20, (n: number, by = call) => by("PUT", own, { content: `n° ${n}`, mentions: [] })],
      [60, (n: number, by = call) => by("POST", `${own}/reactions`, { emoji: "👍", on: n % 2 === 0 })],
      [20, (n: number, by = call) => by("POST", `${own}/resolution`, { resolved: n % 2 === 0 })],
    ] as const;
    for (const [limit, act] of acts) {
      for (let n = 0; n < limit; n++) expect((await act(n)).status).toBe(200);
      const refusals = [await act(limit), await act(limit, inEnglish)];
      for (const { status, code, headers } of refusals) {
        expect([status, code]).toEqual([429, "RATE_LIMITED"]);
        expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
        expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
      }
      expect(refusals.map(({ json }) => json.error?.message)).toEqual([
        "Trop d’envois. Réessayez dans un instant.",
        "Too many messages sent. Try again in a moment.",
      ]);
    }
  });

  it("is present by signs, without a body, and joins the channels by their old names", async () => {
    const aina = await stage.add("Aina Rabe", "a@mgs.mg");
    const stranger = await stage.add("Onja", "o@mgs.mg");
    const id = await session([aina]);
    const call = client(aina);
    for (const act of ["join", "typing"])
      expect((await call("POST", `/sessions/${id}/presence/${act}`)).status).toBe(200);
    expect((await call("GET", `/sessions/${id}/presence/users`)).data).toMatchObject([
      { id: aina.userId, firstname: "Aina", lastname: "Rabe", typing: true },
    ]);
    expect((await call("POST", `/sessions/${id}/presence/leave`)).data).toEqual([]);
    expect((await client(stranger)("POST", `/sessions/${id}/presence/join`)).code).toBe("SESSION_NOT_FOUND");

    const rules = BUSINESS.flatMap(({ channels = [] }) => channels);
    const join = (actor: UserActor, channel: string) =>
      authorizeChannel(rules as never, { database: stage.database }, actor, channel).then(
        ({ member }) => member?.user_info.name ?? "in",
        (error: AppError) => error.code,
      );
    expect(await join(aina, `private-sport-session.${id}`)).toBe("in");
    expect(await join(aina, `presence-sport-session.${id}`)).toBe("Aina Rabe");
    for (const prefix of ["private", "presence"])
      expect(await join(stranger, `${prefix}-sport-session.${id}`)).toBe("FORBIDDEN");
  });
});

describe("the same routes", () => {
  it("serve dossiers, with the code of dossiers for who sees none, and answer as the API's document says", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
    const { id } = await stage.open(hery);
    const [lead, stranger] = [client(hery), client(aina)];
    const path = `/dossiers/${id}`;
    const { data } = await lead("POST", `${path}/comments`, { content: "Un" });
    const comment = `${path}/comments/${data.id}`;
    const thread = await lead("POST", `${path}/threads`, { title: "À deux", user_ids: [] });
    const calls = [
      ["GET", `${path}/comments`],
      ["GET", `${path}/comments/changes?after=0`],
      ["POST", `${comment}/reactions`, { emoji: "👍", on: true }],
      ["POST", `${comment}/resolution`, { resolved: true }],
      ["POST", `${comment}/visibility`, { hidden: true, reason: "Essai" }],
      ["POST", `${comment}/reports`, { reason: "Essai" }],
      ["DELETE", `${comment}/reports`],
      ["DELETE", comment],
      ["POST", `${comment}/restore`],
      ["GET", `${path}/mentionable?search=a`],
      ["GET", `${path}/threads`],
      ["POST", `${path}/threads/${thread.data.id}/people`, { user_ids: [] }],
      ["PUT", `${path}/comment-drafts`, { content: "Br" }],
      ["GET", `${path}/comment-drafts`],
      ["GET", `${path}/presence/users`],
    ] as const;
    for (const [method, at, body] of calls) {
      const refused = await stranger(method, at, body);
      expect([at, refused.status, refused.code]).toEqual([at, 404, "SUBJECT_NOT_FOUND"]);
    }
    for (const [method, at, body] of calls) {
      const answer = await lead(method, at, body);
      expect([method, at, answer.code]).toEqual([method, at, undefined]);
    }
    // The right to moderate; and the list of words is the administrators'.
    expect((await lead("GET", "/comment-reports")).status).toBe(200);
    expect((await lead("GET", "/comment-words")).code).toBe("FORBIDDEN");
    expect((await client(stage.admin)("PUT", "/comment-words", { words: [] })).data).toEqual([]);
  });

  it("give access to whom a comment names, as an event of the audit trail, and the person sees the dossier", async () => {
    const aina = await stage.add("Aina", "a@mgs.mg");
    const { id } = await stage.open(stage.admin);
    const call = client(stage.admin);
    const post = (grant: readonly number[]) =>
      call("POST", `/dossiers/${id}/comments`, { content: "@Aina", mentions: [aina.userId], grant });
    expect((await post([])).code).toBe("VALIDATION_ERROR");
    expect((await post([aina.userId])).status).toBe(201);
    expect((await client(aina)("GET", `/dossiers/${id}/comments`)).status).toBe(200);
    const where = { action: "dossier.access-granted", userId: aina.userId };
    expect(await stage.database.auditEvent.count({ where })).toBe(1);
  });
});
