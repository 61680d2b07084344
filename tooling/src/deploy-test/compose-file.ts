import { parse } from "yaml";
import { z } from "zod";

// The schema is strict, so that a key which this test does not support is an error.
const service = z.strictObject({
  image: z.string(),
  build: z.object({ context: z.string(), target: z.string() }).optional(),
  command: z.array(z.string()).default([]),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  depends_on: z
    .record(z.string(), z.object({ condition: z.enum(["service_healthy", "service_completed_successfully"]) }))
    .default({}),
  healthcheck: z.object({ test: z.array(z.string()), interval: z.string(), retries: z.number() }).optional(),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  ulimits: z.record(z.string(), z.object({ soft: z.number(), hard: z.number() })).default({}),
  read_only: z.boolean().default(false),
  init: z.boolean().default(false),
  restart: z.string().optional(),
  shm_size: z.string().optional(),
  stop_grace_period: z.string().optional(),
});
export type ComposeService = z.output<typeof service>;

const file = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) })),
  volumes: z.record(z.string(), z.object({})),
});
export type ComposeFile = z.output<typeof file>;

/**
 * Reads a compose file as `docker compose` does: it interpolates variables and resolves merge keys.
 * @throws Error naming each variable that `:?` requires and `environment` does not have
 * @throws ZodError naming a key that this test does not support
 */
export function readComposeFile(text: string, environment: Readonly<Record<string, string>>): ComposeFile {
  const raw: unknown = parse(text, { merge: true });
  const missing = new Set<string>();
  const filled = fill(raw, (value) => interpolate(value, environment, missing));
  if (missing.size > 0) throw new Error(`set in .env: ${[...missing].join(", ")}`);
  return file.parse(filled);
}

function fill(node: unknown, put: (value: string) => string): unknown {
  if (typeof node === "string") return put(node);
  if (Array.isArray(node)) return node.map((item) => fill(item, put));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value, put)]));
}

/** `${A}`, `${A:-otherwise}`, `${A:+instead}` and `${A:?required}`; an empty variable counts as unset, as the colon says. */
function interpolate(text: string, environment: Readonly<Record<string, string>>, missing: Set<string>): string {
  let result = text;
  // The innermost expression comes first, since a default may contain a variable.
  for (let next = ""; next !== result; ) {
    next = result;
    result = result.replace(
      /\$\{([A-Z][A-Z0-9_]*)(?::([-+?])([^${}]*))?\}/,
      (_, name: string, kind: string, word: string) => {
        const value = environment[name] ?? "";
        if (kind === "+") return value === "" ? "" : word;
        if (value !== "") return value;
        if (kind === "?") missing.add(name);
        return kind === "-" ? word : "";
      },
    );
  }
  return result;
}

/** Sorts services by their dependencies. @throws Error for a cycle */
export function startOrder(services: Readonly<Record<string, ComposeService>>): string[] {
  const order: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (order.includes(name)) return;
    if (path.includes(name)) throw new Error(`services wait for each other: ${[...path, name].join(" → ")}`);
    for (const other of Object.keys(services[name]?.depends_on ?? {})) visit(other, [...path, name]);
    order.push(name);
  };
  for (const [name, { profiles }] of Object.entries(services)) if (profiles.length === 0) visit(name, []);
  return order;
}
