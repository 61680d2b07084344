import { expect, test } from "vitest";
import { type OpenApiView, operationsByTag, scopesOf, typeText } from "./read-document";

test.each([
  [{ $ref: "#/components/schemas/Dossier" }, "Dossier"],
  [{ type: "array", items: { $ref: "#/components/schemas/Dossier" } }, "Dossier[]"],
  [{ type: ["string", "null"] }, "string | null"],
  [{ anyOf: [{ type: "string", format: "date" }, { type: "null" }] }, "string (date) | null"],
  [{ enum: ["a", 1] }, '"a" | 1'],
  [{ const: true }, "true"],
  [{}, "unknown"],
])("%j is written as %s", (schema, expected) => {
  expect(typeText(schema)).toBe(expected);
});

test("operations stand under their tags, with the scopes of which a token needs one", () => {
  const operation = { operationId: "x", summary: "X", responses: {} };
  const document: OpenApiView = {
    paths: {
      "/a": { get: { ...operation, tags: ["one"], security: [{ oauth: ["a:read"] }, { cookie: [] }] } },
      "/b": { post: { ...operation, tags: ["two"] }, get: { ...operation, tags: ["one"] } },
    },
  };
  const listed = operationsByTag(document).map(({ name, operations }) => [
    name,
    ...operations.map(({ method, path }) => `${method} ${path}`),
  ]);
  expect(listed).toEqual([
    ["one", "GET /a", "GET /b"],
    ["two", "POST /b"],
  ]);
  expect(scopesOf(operationsByTag(document)[0]?.operations[0] ?? { ...operation, tags: [] })).toEqual(["a:read"]);
});
