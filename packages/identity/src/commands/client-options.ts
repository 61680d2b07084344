import { isScope, SCOPES, type Scope } from "@mgs/core/scopes";
import { InvalidArgumentError } from "commander";

/** Collects the values of an option that may be repeated. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Collects scopes, separated by blanks or commas, of an option that may be repeated. */
export function collectScopes(value: string, before: Scope[] = []): Scope[] {
  const names = value.split(/[\s,]+/).filter(Boolean);
  const known = names.filter(isScope);
  if (known.length < names.length) throw new InvalidArgumentError(`Scopes are: ${SCOPES.join(", ")}.`);
  return [...new Set([...before, ...known])];
}
