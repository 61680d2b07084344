import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SECRET_NAMES } from "../secrets";
import { stageTools } from "../stage-image";

/** A real image has Node besides; 700 MB are the most that both may have. */
const MAX_STAGED_BYTES = 100_000_000;

let folder: string;
let testDatabase: TestDatabase;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mgs-tools-image-"));
  testDatabase = await createTestDatabase();
  environment = {
    PATH: "/usr/bin:/bin",
    NODE_ENV: "production",
    DATABASE_URL: testDatabase.url,
    REDIS_URL: process.env.MGS_TEST_REDIS_URL ?? "",
    ...Object.fromEntries(SECRET_NAMES.map((name, index) => [name, Buffer.alloc(32, index + 1).toString("base64")])),
    ADMINISTRATION_URL: "https://administration.example.com",
    COMMERCIAL_URL: "https://commercial.example.com",
    GESTION_DOSSIER_URL: "https://gestion-dossier.example.com",
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "MGS <notifications@example.com>",
  };
  await stageTools(folder);
}, 120_000);
afterAll(async () => {
  await testDatabase.drop();
  await rm(folder, { recursive: true, force: true });
});

/** One program of the image, by Node alone. */
function run(program: string, args: readonly string[], env = environment, input = "") {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder, env: { ...env, NODE_ENV: "production" } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    );
    child.stdin?.end(input);
  });
}

/** Every file with its size and time: an image is read-only, so that nothing may be written beside the programs. */
async function state(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    files.sort().map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return `${file} ${size} ${mtimeMs}`;
    }),
  );
}

test("runs release, user:create and user:list without writing into the image", async () => {
  const before = await state();
  const released = await run("release.mjs", []);
  expect(released).toMatchObject({ code: 0, output: expect.stringContaining("portals and signing key are there") });
  const person = [
    "--name",
    "Voahangy Rasolofoniaina",
    "--email",
    "admin@example.com",
    "--role",
    "administrateur",
    "--password",
  ];
  const created = await run("mgs.mjs", ["user:create", ...person], environment, "un mot de passe assez long\n");
  expect(created.code, created.output).toBe(0);
  expect(await run("mgs.mjs", ["user:list"])).toMatchObject({
    code: 0,
    output: expect.stringContaining("admin@example.com"),
  });
  expect(await state()).toEqual(before);
}, 120_000);

test("refuses an invalid environment with one list", async () => {
  const { DATABASE_URL: _, ...without } = environment;
  expect(await run("release.mjs", [], without)).toMatchObject({
    code: 1,
    output: expect.stringContaining("DATABASE_URL: is required"),
  });
  const listed = await run("mgs.mjs", ["user:list"], without);
  expect(listed).toMatchObject({ code: 1, output: expect.stringContaining("DATABASE_URL: is required") });
}, 120_000);

test("is small, and contains the migrations", async () => {
  const sizes = (await state()).map((line) => Number(line.split(" ").at(-2)));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_STAGED_BYTES);
  expect((await readdir(join(folder, "prisma", "migrations"))).length).toBeGreaterThan(5);
  expect(await readFile(join(folder, ".env.example"), "utf8")).toContain("MGS_KEY_ENCRYPTION_KEY=");
});
