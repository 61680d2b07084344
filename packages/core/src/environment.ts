import { z } from "zod";
import { ConfigurationError } from "./configuration-error";

/** Variables by name; wider than `NodeJS.ProcessEnv`, which Next narrows. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Lists every variable in error, so that an operator mends them all at once. */
export class EnvironmentError extends ConfigurationError {
  override readonly name = "EnvironmentError";

  constructor(problems: readonly string[]) {
    super("Environment is not usable", problems);
  }
}

/**
 * Parses environment variables; an empty variable counts as unset.
 * @throws EnvironmentError naming each variable that is missing or wrong, never its value
 */
export function parseEnvironment<T extends z.ZodType>(schema: T, source: Environment): z.output<T> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  throw new EnvironmentError(
    result.error.issues.map((issue) => `${issue.path.join(".") || "environment"}: ${issue.message}`),
  );
}

/** A TCP port given as text. */
export const portVariable = z.coerce.number().int().min(0).max(65535);
