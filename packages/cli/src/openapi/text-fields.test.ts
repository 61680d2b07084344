import { SUBJECTS } from "@mgs/business/modules";
import { loadRouteTables } from "@mgs/portal/openapi/create-document";
import { MENTION_FIELDS } from "@mgs/writing/contract/mentions";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { PORTAL_MODULES } from "../portal-modules";
import { TEXT_FIELDS } from "../testing/text-fields";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What says anything of a value; a schema without one of these takes any. */
const SHAPES = ["type", "enum", "const", "anyOf", "oneOf", "allOf", "not"] as const;

/** The texts of a body, and what takes any value, by their paths: `fields[].label.fr`. */
function textsOf(body: z.ZodType): string[] {
  const whole = z.toJSONSchema(body, { io: "input", unrepresentable: "any", reused: "inline" });
  // A schema with a name of its own stands apart.
  const resolve = ({ $ref, ...schema }: JsonSchema): JsonSchema | boolean | undefined =>
    $ref === undefined ? schema : whole.$defs?.[$ref.split("/").at(-1) ?? ""];
  function find(part: JsonSchema | boolean | undefined, path: string): string[] {
    const schema = typeof part === "object" ? resolve(part) : undefined;
    if (typeof schema !== "object") return [];
    const isText =
      schema.type === "string" && !schema.format && schema.enum === undefined && schema.const === undefined;
    const isAny = SHAPES.every((keyword) => schema[keyword] === undefined);
    const below = (name: string) => (path ? `${path}.${name}` : name);
    return [
      ...(isText || isAny ? [path] : []),
      ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) => find(one, path)),
      ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => find(one, below(name))),
      ...(Array.isArray(schema.items) ? [] : find(schema.items, `${path}[]`)),
      ...find(schema.additionalProperties, below("*")),
    ];
  }
  return [...new Set(find(whole, ""))].sort();
}

/** A route that all kinds of records have alike stands once. */
const shared = (route: string) =>
  SUBJECTS.map(({ segment }) => route.replace(`/api/${segment}/`, "/api/{subject}/")).find((one) =>
    Object.hasOwn(TEXT_FIELDS, one),
  ) ?? route;

const bodies = (await loadRouteTables(PORTAL_MODULES)).flatMap(({ docs }) =>
  Object.entries(docs).flatMap(([route, found]) => {
    if (!("body" in found) || !found.body) return [];
    return [{ route: shared(route), fields: textsOf(found.body.schema) }];
  }),
);

describe("the texts of the API's bodies", () => {
  it("are in the list of text fields, each with whether it names people", () => {
    const found = Object.fromEntries(
      bodies.filter(({ fields }) => fields.length > 0).map(({ route, fields }) => [route, fields]),
    );
    const listed = Object.entries(TEXT_FIELDS).map(([route, fields]) => [route, Object.keys(fields).sort()]);
    expect(found).toEqual(Object.fromEntries(listed));
  });

  it("that name people are those of the one service of mentions, and no other route takes mentions", () => {
    const naming = Object.entries(TEXT_FIELDS).filter(([, fields]) => Object.values(fields).includes("mentions"));
    expect(naming.map(([route]) => route).sort()).toEqual(MENTION_FIELDS.map(({ route }) => route).sort());
    const taking = bodies.filter(({ fields }) => fields.some((field) => /mention|grant/i.test(field)));
    expect([...new Set(taking.map(({ route }) => route))].sort()).toEqual(naming.map(([route]) => route).sort());
  });

  it("say why, where they are prose that names nobody", () => {
    for (const [route, fields] of Object.entries(TEXT_FIELDS))
      for (const [field, kind] of Object.entries(fields))
        if (typeof kind === "object") expect(kind.prose.length, `${route} ${field}`).toBeGreaterThan(20);
  });
});

it("a text is found in every part of a body", () => {
  const body = z.object({
    one: z.string().max(5).nullish(),
    list: z.array(z.object({ text: z.string() })),
    any: z.record(z.string(), z.unknown()),
    either: z.union([z.object({ a: z.string() }), z.object({ b: z.uuid() }), z.literal("c"), z.enum(["d", "e"])]),
    named: z.object({ text: z.string() }).meta({ id: "TextFieldsTest" }),
    changed: z.string().transform((text) => text.length),
  });
  expect(textsOf(body)).toEqual(["any.*", "changed", "either.a", "list[].text", "named.text", "one"]);
});
