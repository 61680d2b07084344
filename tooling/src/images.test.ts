import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { createEnvironment, PROCESSES } from "./environment";
import { ROOT } from "./paths";
import { SECRET_NAMES, type Secrets } from "./secrets";
import { readSettings } from "./settings";
import { TOOLS } from "./stage-image";

const text = (file: string) => readFileSync(join(ROOT, file), "utf8");
const DOCKERFILE = text("Dockerfile");
const COMPOSE = text("compose.yaml");

const service = z.object({
  image: z.string(),
  build: z.object({ context: z.literal("."), target: z.string() }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  networks: z.array(z.string()),
  volumes: z.array(z.string()).default([]),
  restart: z.string().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
});
const compose = z
  .object({
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.unknown()),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(COMPOSE, { merge: true }));

const targets = [...DOCKERFILE.matchAll(/^FROM \S+ AS (\S+)$/gm)].map((match) => match[1]);
/** `.env.example` with every variable set, as a company might. */
const EXAMPLE = parseEnv(text(".env.example").replaceAll(/^# ([A-Z][A-Z0-9_]+=)/gm, "$1"));
const instruction = (name: string) =>
  [...DOCKERFILE.matchAll(new RegExp(`^${name} (.*)$`, "gm"))].map(([, rest = ""]) => rest);

test("the linter accepts the Dockerfile, whose Node is the pinned one", () => {
  expect(validate(DOCKERFILE).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  expect(instruction("ARG")).toEqual([`NODE_VERSION=${process.versions.node}`]);
});

test("turbo finds the package manager by its name", () => {
  const build = DOCKERFILE.slice(DOCKERFILE.indexOf(" AS build"), DOCKERFILE.indexOf("RUN npx --yes"));
  expect(build).toMatch(/^ +PATH=\/src\/node_modules\/\.bin:\$PATH$/m);
  expect(existsSync(join(ROOT, "node_modules", ".bin", "pnpm"))).toBe(true);
});

test("pnpm installs packages for the pinned Node, also when an older Node runs pnpm", () => {
  const workspace = z
    .object({ nodeVersion: z.string(), catalog: z.object({ node: z.string() }) })
    .parse(parse(text("pnpm-workspace.yaml")));
  expect(workspace.nodeVersion).toBe(workspace.catalog.node);
  expect(workspace.nodeVersion).toBe(process.versions.node);
});

test("files that the Dockerfile copies exist in the build context", () => {
  const sources = instruction("COPY")
    .filter((rest) => !rest.startsWith("--from"))
    .flatMap((rest) => rest.split(" ").slice(0, -1));
  expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  const ignored = text(".dockerignore").split("\n");
  expect(sources.filter((source) => ignored.includes(source))).toEqual([]);
  const staged = instruction("COPY").flatMap((rest) => /^--from=build \/image\/(\S+) /.exec(rest)?.[1] ?? []);
  expect(staged.sort()).toEqual([...PROCESSES, "tools"].sort());
});

test("each process has an image without root, and a hardened service", () => {
  // What an image is made of comes from the stage that sets the user.
  const bases = new Map(
    [...DOCKERFILE.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, from = "", name = ""]) => [name, from]),
  );
  const root = (name: string): string => (bases.get(name)?.startsWith("node:") ? name : root(bases.get(name) ?? ""));
  expect(DOCKERFILE.slice(DOCKERFILE.indexOf(" AS runtime"))).toMatch(/^USER mgs$/m);
  for (const name of ["tools", ...PROCESSES]) expect(root(name), name).toBe("runtime");
  for (const name of ["release", "mgs"]) {
    expect(compose.services[name], name).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
  }
  for (const name of PROCESSES) {
    expect(targets).toContain(name);
    expect(compose.services[name], name).toMatchObject({
      build: { target: name },
      restart: "unless-stopped",
      read_only: true,
      cap_drop: ["ALL"],
    });
  }
});

test("services name existing targets, files and networks, and start after the release has succeeded", () => {
  for (const [name, { build, command = [], entrypoint = [], networks, depends_on }] of Object.entries(
    compose.services,
  )) {
    if (build) expect(targets, name).toContain(build.target);
    const files = [...command, ...entrypoint].filter((word) => word.endsWith(".mjs"));
    expect(
      files.filter((file) => !TOOLS.some((tool) => file === `${tool}.mjs`)),
      name,
    ).toEqual([]);
    expect(
      networks.filter((network) => !(network in compose.networks)),
      name,
    ).toEqual([]);
    expect(
      Object.keys(depends_on).filter((other) => !(other in compose.services)),
      name,
    ).toEqual([]);
  }
  for (const name of PROCESSES.filter((one) => one !== "realtime-server")) {
    expect(compose.services[name]?.depends_on.release?.condition, name).toBe("service_completed_successfully");
  }
  expect(compose.networks.backend).toEqual({ internal: true });
});

test("a company's authority is mounted at the path in every process's NODE_EXTRA_CA_CERTS", () => {
  const ours = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);
  expect(ours).toHaveLength(PROCESSES.length + 2);
  for (const [name, { environment, volumes }] of ours) {
    expect(environment.NODE_EXTRA_CA_CERTS, name).toMatch(/^\$\{NODE_EXTRA_CA_CERTS:\+\/etc\/mgs\/authority\.pem\}$/);
    const [authority, ...others] = volumes;
    expect(authority, name).toMatch(/^\$\{NODE_EXTRA_CA_CERTS:-\/dev\/null\}:\/etc\/mgs\/authority\.pem:ro$/);
    const hasDocuments = name === "gestion-dossier" || name === "worker";
    expect(others, name).toEqual(hasDocuments ? ["documents:/var/lib/mgs/documents"] : []);
  }
});

test("every variable of compose.yaml is documented", () => {
  const asked = new Set([...COMPOSE.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name = ""]) => name));
  expect([...asked].filter((name) => !(name in EXAMPLE))).toEqual(["POSTGRES_PASSWORD"]);
});

test.each(PROCESSES)("%s gets the same variables in a container as from npm start", (name) => {
  const { PUSHER_HOST: _, PUSHER_APP_CLUSTER: _cluster, ...source } = EXAMPLE;
  const secrets = Object.fromEntries(SECRET_NAMES.map((secret) => [secret, source[secret] ?? ""])) as Secrets;
  const resources = { databaseUrl: "postgresql://", redisUrl: "redis://", secrets, mode: "production" as const };
  const given = new Set([...Object.keys(compose.services[name]?.environment ?? {}), ...setByImage()]);
  const wanted = createEnvironment(name, readSettings(source, null), resources);
  // A portal's own prefix is for one file that serves all; here each has its own.
  const prefixed = new Set(
    Object.keys(EXAMPLE).map((one) => one.replace(/^(COMMERCIAL|GESTION_DOSSIER)_(?!URL$)/, "")),
  );
  const missing = Object.keys(wanted).filter((variable) => !given.has(variable) && prefixed.has(variable));
  expect(missing).toEqual([]);
});

/** In a container a process listens on every interface of it: a host of the machine's would shut it off. */
function setByImage(): string[] {
  const hosts = ["REALTIME_HOST", "WORKER_HOST"];
  return [...DOCKERFILE.matchAll(/\b([A-Z][A-Z0-9_]+)=/g)].map(([, name = ""]) => name).concat(hosts);
}
