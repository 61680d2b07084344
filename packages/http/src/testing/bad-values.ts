import { z } from "zod";

/** A part of a JSON schema, as far as bad values are made of it. */
type Shape = {
  type?: string;
  format?: string;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Shape>>;
  items?: Shape;
  anyOf?: readonly Shape[];
};

/** One value that a schema refuses, and where in the body it stands. */
export type BadValue = { path: readonly string[]; value: unknown };

/** More code points, of four bytes each, than any text of the API has, in fewer bytes than a body may have. */
const TOO_LONG = "𝕏".repeat(12_000);
const MANY = 10_000;
/** The place of an array's first item, as paths of refusals have it. */
const FIRST = "0";
const INVISIBLE: readonly unknown[] = ["", "\u200b", " \n\t", "\u2800"];

const BY_TYPE: Readonly<Record<string, readonly unknown[]>> = {
  string: [5, true, [], {}, ["a"], "a\u0000b", "\ud800", "x\udfff", TOO_LONG],
  integer: ["x", "", true, [], {}, 1.5, -1, 1e300, 2 ** 53, Number.MAX_VALUE],
  number: ["x", "", true, [], {}],
  boolean: ["true", "", 1, 0, [], {}],
  array: ["x", 5, true, {}],
  object: ["x", 5, true, []],
};
const BY_FORMAT: Readonly<Record<string, readonly unknown[]>> = {
  date: ["", "demain", "2026-02-30", "2026-13-01", "30/11/2026", "2026-11-30T00:00:00Z", "+012026-01-01"],
  "date-time": ["", "demain", "2026-02-30T06:00:00Z", "2026-11-30", "2026-11-30T25:00:00Z"],
  uuid: ["", "x", "0193a000-0000-7000-8000-00000000000g", "1' OR '1'='1"],
  uri: ["", "x", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example"],
};
const NO_CHOICE = ["", "nope", "__proto__", "constructor", "toString"];

const isOf = (value: unknown, type: string): boolean =>
  type === "null"
    ? value === null
    : type === "array"
      ? Array.isArray(value)
      : type === "object"
        ? typeof value === "object" && value !== null && !Array.isArray(value)
        : type === "integer" || type === "number"
          ? typeof value === "number"
          : typeof value === type;

function branchesOf(shape: Shape): readonly Shape[] {
  return shape.anyOf?.flatMap(branchesOf) ?? [shape];
}

function typeOf({ type, enum: choices, const: only }: Shape): string {
  return type ?? typeof (choices?.[0] ?? only);
}

/** Values for one field: each is of a type that it has not, or breaks what its type asks for. */
function valuesFor(shape: Shape): unknown[] {
  const branches = branchesOf(shape);
  const types = branches.map(typeOf);
  // A schema without a type takes what it gets; another check looks at it.
  if (types.includes("undefined")) return [];
  const ownOf = (branch: Shape): readonly unknown[] =>
    branch.enum || branch.const !== undefined
      ? [...(BY_TYPE[typeOf(branch)] ?? []), ...NO_CHOICE]
      : [
          ...(BY_TYPE[typeOf(branch)] ?? []),
          ...(BY_FORMAT[branch.format ?? ""] ?? []),
          ...(branch.type === "string" ? INVISIBLE.slice(1) : []),
        ];
  const all = new Set([...branches.flatMap(ownOf), ...(types.includes("null") ? [] : [null])]);
  const isRefused = (value: unknown) =>
    branches.every((branch, index) => !isOf(value, types[index] ?? "") || ownOf(branch).includes(value));
  return [...all].filter(isRefused);
}

function collect(shape: Shape, path: readonly string[]): BadValue[] {
  const own = path.length === 0 ? [] : valuesFor(shape).map((value) => ({ path, value }));
  const inner = branchesOf(shape).flatMap(({ properties = {}, items, type }) => [
    ...Object.entries(properties).flatMap(([name, field]) => collect(field, [...path, name])),
    ...(items
      ? [
          ...valuesFor(items).map((value) => ({ path, value: [value] })),
          { path, value: Array.from({ length: MANY }, (_, index) => index + 1) },
          ...(items.properties
            ? collect(items, [...path, FIRST]).filter((one) => one.path.length > path.length + 1)
            : []),
        ]
      : []),
    ...(type === "object" && Object.keys(properties).length > 0 ? [{ path: [...path, "inconnu"], value: 1 }] : []),
  ]);
  return [...own, ...inner];
}

/**
 * Makes bad values for every field that a body's schema names: of a wrong type, too long, too many, invisible, with NUL or a lone surrogate,
 * without a meaning in its format, of no choice, and a field that it has not.
 */
export function badValuesOf(schema: z.ZodType): BadValue[] {
  return collect(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape, []);
}

/** Puts a bad value into a body, which is otherwise as it was. */
export function withBadValue(body: object, { path, value }: BadValue): object {
  const [name = "", ...rest] = path;
  const inner = (body as Record<string, unknown>)[name];
  const around = typeof inner === "object" && inner !== null ? inner : {};
  const put = rest.length === 0 ? value : withBadValue(around, { path: rest, value });
  return name === FIRST ? [put] : { ...body, [name]: put };
}

/** Whether a value is a text without a visible character. */
export function isInvisible(value: unknown): boolean {
  return INVISIBLE.some((one) => one === value);
}
