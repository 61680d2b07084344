import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, EnvironmentError } from "@mgs/core/environment";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "./paths";
import { resolveSecrets, SECRET_NAMES } from "./secrets";
import { readSettings } from "./settings";

const EXAMPLE = readFileSync(join(ROOT, ".env.example"), "utf8");
const OWN_DATABASE = { DATABASE_URL: "postgresql://mgs@db.example.com/mgs" };
const STRONG = Object.fromEntries(
  SECRET_NAMES.map((name, index) => [name, Buffer.alloc(32, index + 1).toString("base64")]),
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mgs-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function resolve(variables: Environment) {
  const settings = readSettings({ MGS_DATA_DIR: join(folder, "data"), ...variables }, folder);
  return resolveSecrets(settings, EXAMPLE);
}

async function problemsOf(variables: Environment): Promise<readonly string[]> {
  const error = await resolve(variables).then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof EnvironmentError ? error.problems : [];
}

test("generates secrets at the first start, keeps them, and makes them readable by their owner only", async () => {
  const first = await resolve({});
  expect(new Set(Object.values(first)).size).toBe(Object.values(first).length);
  expect(Buffer.from(first.MGS_KEY_ENCRYPTION_KEY, "base64")).toHaveLength(32);
  expect(await resolve({})).toEqual(first);
  expect(statSync(join(folder, "data", "secrets.json")).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "data")).mode & 0o777).toBe(0o700);
});

test("with a company's database /metrics is off until METRICS_TOKEN is set", async () => {
  expect(await resolve({ ...OWN_DATABASE, ...STRONG })).not.toHaveProperty("METRICS_TOKEN");
  expect(await resolve({ ...OWN_DATABASE, ...STRONG, METRICS_TOKEN: "t".repeat(32) })).toMatchObject({
    METRICS_TOKEN: "t".repeat(32),
  });
});

test("a secret of the environment takes precedence and is not kept", async () => {
  const given = "a".repeat(40);
  expect((await resolve({ OIDC_COOKIE_SECRET: given })).OIDC_COOKIE_SECRET).toBe(given);
  expect(readFileSync(join(folder, "data", "secrets.json"), "utf8")).not.toContain(given);
});

test("with a company's database every missing secret is reported, and none is generated", async () => {
  expect(await problemsOf(OWN_DATABASE)).toEqual(SECRET_NAMES.map((name) => `${name}: is required`));
  expect(await problemsOf({ ...OWN_DATABASE, ...STRONG, OIDC_COOKIE_SECRET: "" })).toEqual([
    "OIDC_COOKIE_SECRET: is required",
  ]);
});

test("refuses values of .env.example by name, without showing them", async () => {
  const { parseEnv } = await import("node:util");
  const problems = await problemsOf({ ...OWN_DATABASE, ...parseEnv(EXAMPLE) });
  expect(problems).toEqual(SECRET_NAMES.map((name) => `${name}: is the value of .env.example`));
});

test("weak secrets are refused", async () => {
  const weak = { ...STRONG, MGS_KEY_ENCRYPTION_KEY: "c2hvcnQ=", COMMERCIAL_NEXTAUTH_SECRET: "short" };
  expect(await problemsOf({ ...OWN_DATABASE, ...weak })).toEqual([
    "MGS_KEY_ENCRYPTION_KEY: must be 32 bytes in base64",
    "COMMERCIAL_NEXTAUTH_SECRET: must have at least 32 characters",
  ]);
});

test("accepts a company's own secrets", async () => {
  expect(await resolve({ ...OWN_DATABASE, ...STRONG })).toMatchObject(STRONG);
});

test("requires the secret of another Pusher server", async () => {
  expect(await problemsOf({ PUSHER_HOST: "soketi.example.com" })).toEqual(["PUSHER_APP_SECRET: is required"]);
});

test("does not replace secrets that cannot be read, because sealed data needs them", async () => {
  const file = join(folder, "data", "secrets.json");
  mkdirSync(join(folder, "data"));
  // Neither root nor anybody else can read a link to itself.
  symlinkSync("secrets.json", file);
  await expect(resolve({})).rejects.toThrow("secrets.json");
  expect(readlinkSync(file)).toBe("secrets.json");
});

test("an error about damaged secrets does not quote them", async () => {
  const file = join(folder, "data", "secrets.json");
  mkdirSync(join(folder, "data"));
  for (const text of ['{"postgresPassword":hush-hush}', '{"postgresPassword":7}', '{"a":"hush']) {
    writeFileSync(file, text);
    const refusal = await resolve({}).then(String, String);
    expect(refusal).toContain("secrets.json is damaged");
    expect(refusal).not.toContain("hush");
    expect(readFileSync(file, "utf8")).toBe(text);
  }
});

test("with a company's PostgreSQL and Redis the data folder is neither read nor created", async () => {
  const own = { ...OWN_DATABASE, REDIS_URL: "redis://redis.example.com:6379", ...STRONG };
  expect(await resolve(own)).toMatchObject({ postgresPassword: "", redisPassword: "" });
  expect(existsSync(join(folder, "data"))).toBe(false);
  // A folder that another user has shut is no reason to fail.
  symlinkSync("data", join(folder, "data"));
  await expect(resolve(own)).resolves.toMatchObject(STRONG);
});

test("with a company's PostgreSQL only, the local Redis keeps its password", async () => {
  const first = await resolve({ ...OWN_DATABASE, ...STRONG });
  expect(first).toMatchObject({ postgresPassword: "", redisPassword: expect.stringMatching(/^.{40,}$/) });
  expect(await resolve({ ...OWN_DATABASE, ...STRONG })).toEqual(first);
});
