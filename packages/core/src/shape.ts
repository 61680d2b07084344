/**
 * Type guards for data from outside, in browsers: a fraction of zod's weight, with only the checks that answers and events
 * need. Servers parse their input with zod.
 */
export type Shape<T> = (value: unknown) => value is T;

/** The type that a shape accepts. */
export type ShapeOf<S> = S extends Shape<infer T> ? T : never;

export const string: Shape<string> = (value) => typeof value === "string";
export const number: Shape<number> = (value) => typeof value === "number";
export const boolean: Shape<boolean> = (value) => typeof value === "boolean";

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value) => value === null || shape(value);
}

/** Accepts a missing field, for answers of an older server. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value) => value === undefined || shape(value);
}

export function oneOf<const T extends string | boolean>(...choices: readonly T[]): Shape<T> {
  return (value): value is T => choices.some((choice) => choice === value);
}

export function array<T>(shape: Shape<T>): Shape<T[]> {
  return (value) => Array.isArray(value) && value.every(shape);
}

/** Requires every field, and accepts further ones, so that a newer server may send more. */
export function object<T extends object>(fields: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  const entries = Object.entries<Shape<unknown>>(fields);
  return (value): value is T => isObject(value) && entries.every(([name, shape]) => shape(value[name]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
