import { toFrameworkPath } from "@mgs/http/path-pattern";
import { routeKey } from "@mgs/http/route-docs";
import type { Module } from "@mgs/module/module";
import { createOpenApiDocument, loadRouteTables } from "@mgs/portal/openapi/create-document";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { PORTAL_MODULES } from "../portal-modules";

const TABLES = await loadRouteTables(PORTAL_MODULES);
const TAG = { name: "notes" };

describe("the documentation of the portals' routes", () => {
  it.each(TABLES)("$name: one entry for each route, and none for a route that is not there", ({ routes, docs }) => {
    expect(Object.keys(docs).sort()).toEqual(routes.map((route) => routeKey(route)).sort());
  });

  it("leaves routes of browsers out, with a reason, and none that asks who calls", () => {
    for (const { routes, docs } of TABLES) {
      for (const route of routes) {
        const found = docs[routeKey(route)];
        if (!found || !("leftOut" in found)) continue;
        expect(found.leftOut.length, routeKey(route)).toBeGreaterThan(20);
        expect(route.access, routeKey(route)).toBe("public");
      }
    }
  });

  it("names every operation once", () => {
    const ids = TABLES.flatMap(({ docs }) => Object.values(docs)).flatMap((docs) => ("id" in docs ? [docs.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("describes every parameter of a path, and no other", () => {
    for (const { routes, docs } of TABLES) {
      for (const route of routes) {
        const found = docs[routeKey(route)];
        if (!found || "leftOut" in found) continue;
        const inPath = [...toFrameworkPath(route.path).matchAll(/\[(\w+)\]/g)].map(([, name]) => name);
        expect(Object.keys(found.params?.shape ?? {}), route.path).toEqual(inPath);
      }
    }
  });
});

const moduleWith = (openApi: NonNullable<Module["openApi"]>): Module => ({
  name: "notes",
  routes: [
    {
      method: "PUT",
      path: "/api/notes/{id}",
      portals: ["commercial"],
      access: "signed-in",
      scope: "profile:write",
      body: { kind: "json", maxBytes: 10 },
      handler: () => new Response(),
    },
  ],
  openApi,
});

describe("the document", () => {
  it("takes security, portals and refusals from the declaration, and schemas from what parses", async () => {
    const schema = z.strictObject({ text: z.string().max(10), count: z.int().nullable() });
    const document = await createOpenApiDocument([
      moduleWith(async () => ({
        "PUT /api/notes/{id}": {
          tag: TAG,
          id: "putNote",
          summary: "Write a note",
          params: z.object({ id: z.uuid() }),
          body: { schema },
          answers: { 200: { description: "Written", data: z.object({ id: z.uuid() }) } },
          refusals: { NOT_FOUND: "none with this id", USER_NOT_FOUND: "its author is gone" },
        },
      })),
    ]);
    expect(document.tags).toContainEqual(TAG);
    expect(document.servers?.[0]?.description).toBe("Administration (everything but `/api/notes/{id}`)");
    const operation = document.paths?.["/api/notes/{id}"]?.put;
    expect(operation).toMatchObject({
      operationId: "putNote",
      servers: [{ url: "http://localhost:3001" }],
      security: [{ oauth: ["profile:write"] }, { cookie: [] }],
      parameters: [{ in: "path", name: "id", required: true, schema: { type: "string", format: "uuid" } }],
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["text", "count"],
              additionalProperties: false,
              properties: { text: { type: "string", maxLength: 10 }, count: { type: ["integer", "null"] } },
            },
          },
        },
      },
    });
    expect(Object.keys(operation?.responses ?? {})).toEqual(["200", "400", "401", "403", "404", "413", "415", "422"]);
    expect(operation?.responses?.["404"]).toMatchObject({
      description: "`NOT_FOUND`: none with this id. `USER_NOT_FOUND`: its author is gone",
    });
    expect(operation?.responses?.["200"]).not.toHaveProperty(
      "content.application/json.schema.properties.data.additionalProperties",
    );
  });

  it("is not made while a route has no documentation", async () => {
    await expect(createOpenApiDocument([moduleWith(async () => ({}))])).rejects.toThrow(
      "PUT /api/notes/{id} has no documentation",
    );
  });
});
