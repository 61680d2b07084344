import { DOSSIER_STATES, findStep } from "../../packages/dossiers/src/contract/states";
import { pathOf } from "./access-cases";
import type { Call } from "./call";
import type { Case } from "./case";
import type { PathRoutes } from "./routes";
import type { World } from "./world";

const invalid = { status: 422, code: "VALIDATION_ERROR" as const, locale: "fr" as const };
const JSON_TYPE = "application/json";

const UPLOAD_HEADERS = {
  ...{ "tus-resumable": "1.0.0", "upload-offset": "0", "upload-length": "4" },
  "content-type": "application/offset+octet-stream",
};

/** Four bytes each. */
const LONG = "😀".repeat(1_001);
const UNKNOWN_ID = "00000000-0000-7000-8000-000000000000";

/**
 * Requests about records of the business that are there: from somebody who may not see them, and with values that only these routes know.
 * `packages/business/src/bad-input.itest.ts` goes through every field of every body beside.
 */
export function businessCases(route: PathRoutes, world: World): Case[] {
  return [...outsiderCases(route, world), ...recordCases(route, world)];
}

/** Somebody of the staff to whom nothing of a record was given: for them it is not there, whatever they ask of it. */
function outsiderCases(route: PathRoutes, world: World): Case[] {
  const missing = missingRecord(route.path);
  if (missing === undefined) return [];
  return route.methods.map((method) => {
    const hasBody = route.body?.methods.includes(method) ?? false;
    const headers = {
      authorization: world.bearer.outsider,
      ...(hasBody ? { "content-type": JSON_TYPE } : {}),
      ...(route.path.includes("/uploads") ? UPLOAD_HEADERS : {}),
    };
    const call: Call = { method, path: pathOf(route, world), headers, ...(hasBody ? { body: "{}" } : {}) };
    return { name: "somebody without access", call, status: 404, code: missing, locale: "fr" };
  });
}

/** What every kind of record has is answered with one code for dossiers; clients of the system before this know that of sessions. */
const PARTS_OF_RECORDS = /^\/api\/dossiers\/\{id\}\/(?:changes|history|comment|mentionable|threads|presence|documents)/;

function missingRecord(path: string) {
  if (path.startsWith("/api/sessions/{id}")) return "SESSION_NOT_FOUND" as const;
  if (PARTS_OF_RECORDS.test(path)) return "SUBJECT_NOT_FOUND" as const;
  return path.startsWith("/api/dossiers/{id}") ? ("DOSSIER_NOT_FOUND" as const) : undefined;
}

function recordCases(route: PathRoutes, world: World): Case[] {
  const path = pathOf(route, world);
  const as = (name: string, method: string, body: unknown, more: Partial<Case> = {}): Case => ({
    name,
    call: {
      ...{ method, path, headers: { authorization: world.bearer.me, "content-type": JSON_TYPE } },
      body: JSON.stringify(body),
    },
    ...invalid,
    ...more,
  });
  switch (route.path) {
    case "/api/dossiers/{id}/comments":
    case "/api/sessions/{id}/comments":
      return commentCases(world, (name, body, more) => as(name, "POST", body, more));
    case "/api/dossiers/{id}/comments/{commentId}":
    case "/api/sessions/{id}/comments/{commentId}":
      return [
        ...commentCases(world, (name, body, more) => as(name, "PUT", body, more)).filter(
          ({ name }) => !name.includes("answer"),
        ),
        ...["PUT", "DELETE"].map((method) => elsewhere(route, world, as("", method, { content: "Vu" }))),
      ];
    case "/api/dossiers/{id}/steps":
      return DOSSIER_STATES.filter((to) => !findStep("nouveau", to)).map((to) =>
        as(
          `a step from nouveau to ${to}`,
          "POST",
          { from: "nouveau", to, reason: "Essai" },
          {
            ...{ status: 409, code: "STEP_REFUSED" },
          },
        ),
      );
    default:
      return [];
  }
}

type As = (name: string, body: unknown, more?: Partial<Case>) => Case;

function commentCases(world: World, as: As): Case[] {
  const missing = { status: 404, code: "COMMENT_NOT_FOUND" as const };
  return [
    as("1,001 characters of four bytes", { content: LONG }),
    as("zero width characters alone", { content: "\u200b\u2060\ufeff" }),
    as("a NUL", { content: "a\u0000b" }),
    as("a lone surrogate", { content: "a\ud800" }),
    as("10,000 mentions", { content: "À tous", mentions: Array.from({ length: 10_000 }, (_, index) => index + 1) }),
    as("10,000 people to be given access", {
      content: "À tous",
      grant: Array.from({ length: 10_000 }, (_, i) => i + 1),
    }),
    as("a mention of who may not see it", { content: "Vu ?", mentions: [world.outsider.id] }),
    as("a mention of nobody", { content: "Vu ?", mentions: [2_147_483_647] }),
    as("a mention of no role", { content: "Vu ?", mentions: ["role:personne"] }),
    ...[0, -1, 1.5, "x", "role:", "role:A B", "__proto__", null, {}, "suiveurs "].map((one) =>
      as(`a mention ${JSON.stringify(one)}`, { content: "Vu ?", mentions: [one] }),
    ),
    as("an answer to no comment", { content: "Vu", parent_id: UNKNOWN_ID }, missing),
  ];
}

/** The comment of one record below the address of another of the same caller. */
function elsewhere({ path }: PathRoutes, world: World, one: Case): Case {
  const [own, other] = path.startsWith("/api/dossiers") ? ["dossiers", "sessions"] : ["sessions", "dossiers"];
  const foreign = world.records.get(`/api/${other}/{id}/comments/{commentId}`)?.split("/").at(-1);
  const call = { ...one.call, path: `${world.records.get(`/api/${own}/{id}`)}/comments/${foreign}` };
  return { ...one, name: "a comment on another record", call, status: 404, code: "COMMENT_NOT_FOUND" };
}
