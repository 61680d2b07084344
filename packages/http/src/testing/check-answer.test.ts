import { expect, it } from "vitest";
import { z } from "zod";
import type { RouteDeclaration } from "../route";
import type { RouteTableDocs } from "../route-docs";
import { checkAnswer } from "./check-answer";

const routes: readonly RouteDeclaration[] = [
  { method: "GET", path: "/api/notes/{id}", access: "signed-in", scope: "profile" },
  { method: "GET", path: "/api/notes/count", access: "public" },
];
const docs: RouteTableDocs = {
  "GET /api/notes/{id}": {
    tag: { name: "notes" },
    id: "getNote",
    summary: "One note",
    answers: { 200: { description: "It", data: z.object({ text: z.string() }) } },
    refusals: { CONFLICT: "busy" },
  },
  "GET /api/notes/count": {
    tag: { name: "notes" },
    id: "countNotes",
    summary: "How many",
    answers: { 200: { description: "Digits", body: z.string().regex(/^\d+$/), mediaType: "text/plain" } },
  },
};

const check = (path: string, response: Response) =>
  checkAnswer({ routes, docs }, new Request(`http://a.test/api/notes/${path}`), response);
const success = (data: unknown) => Response.json({ success: true, data });
const refusal = (code: string, status: number) => Response.json({ success: false, error: { code } }, { status });

it("takes what is documented", async () => {
  await check("1", success({ text: "a" }));
  await check("1", refusal("CONFLICT", 409));
  await check("1", refusal("INSUFFICIENT_SCOPE", 403));
  await check("count", new Response("3", { headers: { "content-type": "text/plain" } }));
});

it.each<[string, string, Response, RegExp]>([
  ["another status", "1", Response.json({ success: true, data: {} }, { status: 201 }), /answers 201/],
  ["a field that is missing", "1", success({}), /data\.text/],
  ["a field too many", "1", success({ text: "a", author: 1 }), /"author":1/],
  ["a field too many beside data", "1", Response.json({ success: true, data: { text: "a" }, x: 1 }), /"x":1/],
  ["a refusal of another kind", "1", refusal("RATE_LIMITED", 429), /RATE_LIMITED/],
  ["a refusal that asks who calls, on a public route", "count", refusal("UNAUTHENTICATED", 401), /UNAUTHENTICATED/],
  ["text of another form", "count", new Response("many", { headers: { "content-type": "text/plain" } }), /GET/],
])("finds %s", async (_, path, response, message) => {
  await expect(check(path, response)).rejects.toThrow(message);
});
