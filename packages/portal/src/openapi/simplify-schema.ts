import { z } from "zod";
import type { ZodOpenApiOverride } from "zod-openapi";

/** Formats whose pattern says nothing that the name does not. */
const NAMED_FORMATS: ReadonlySet<string> = new Set(["uuid", "email", "date-time"]);

/**
 * Takes out of a schema what zod adds for validators, and what readers do not need: the patterns of named formats, the bounds of
 * JavaScript's integers, `anyOf` for what may be null. An answer may have more fields than those that are named, since a newer server may send more.
 */
export const simplifySchema: ZodOpenApiOverride = ({ jsonSchema, zodSchema, io }) => {
  const { def } = zodSchema._zod;
  if (def.type === "object" && io === "output" && def.catchall === undefined) delete jsonSchema.additionalProperties;
  if (typeof jsonSchema.format === "string" && NAMED_FORMATS.has(jsonSchema.format)) delete jsonSchema.pattern;
  const nullableType = nullableTypeOf(jsonSchema.anyOf);
  if (nullableType) {
    delete jsonSchema.anyOf;
    Object.assign(jsonSchema, nullableType, jsonSchema);
  }
  if (def.type === "record") delete jsonSchema.propertyNames;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

/** Shortens `{ anyOf: [{ type: T, … }, { type: "null" }] }` to `{ type: [T, "null"], … }`. */
function nullableTypeOf(anyOf: unknown): { type: string[] } | undefined {
  const parsed = nullable.safeParse(anyOf);
  if (!parsed.success) return undefined;
  const [{ type, ...rest }] = parsed.data;
  return "enum" in rest || "const" in rest ? undefined : { ...rest, type: [type, "null"] };
}

const nullable = z.tuple([
  z.looseObject({ type: z.enum(["string", "number", "integer", "boolean"]) }),
  z.strictObject({ type: z.literal("null") }),
]);
