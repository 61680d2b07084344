import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, lstat, mkdir, readdir, readlink, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { PORTALS } from "@mgs/core/portals";
import { nodeFileTrace } from "@vercel/nft";
import { PROCESSES, type ProcessName } from "./environment";
import { ROOT } from "./paths";

const run = promisify(execFile);

/** Start file of a staged process. */
export const START_FILE = "start.mjs";

/** Programs of the tools image: the command line and the release. */
export const TOOLS = ["mgs", "release"] as const;

/** Packages that portals and the worker load on demand, and no command does: libraries of pictures, PDFs, holidays and S3. */
const NOT_FOR_TOOLS = ["sharp", "@img+*", "@hyzyla+*", "date-holidays*", "@aws-sdk+*", "@smithy+*"].map(
  (name) => `node_modules/.pnpm/${name}*/**`,
);

/**
 * Copies the files of the command line and the release into an empty folder, in which `node mgs.mjs user:list` and
 * `node release.mjs` need Node alone. It bundles them, since only this image needs their bundles.
 */
export async function stageTools(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const dist = join("tooling", "dist");
  const bundles = TOOLS.map((name) => ({
    entry: join("tooling", "src", "image", `${name}.ts`),
    outfile: join(dist, `${name}.js`),
  }));
  await run(process.execPath, ["scripts/bundle.mjs", ...bundles.flatMap(({ entry, outfile }) => [entry, outfile])], {
    cwd: ROOT,
  });
  await copyTraced(
    bundles.map(({ outfile }) => outfile),
    folder,
    NOT_FOR_TOOLS,
  );
  // The programs read the migrations, and the example file whose values they refuse.
  await cp(join(ROOT, "prisma", "migrations"), join(folder, "prisma", "migrations"), { recursive: true });
  await cp(join(ROOT, ".env.example"), join(folder, ".env.example"));
  await Promise.all(
    TOOLS.map((name) => writeFile(join(folder, `${name}.mjs`), `await import("./${dist}/${name}.js");\n`)),
  );
}

/**
 * Copies the files of one process into an empty folder, in which `node start.mjs` needs Node alone. Portals come from Next's
 * standalone output (a build with MGS_STANDALONE=1), the others from their bundles with the npm packages that these load.
 * @throws Error when the build lacks a file
 */
export async function stageProcess(name: ProcessName, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const portal = PORTALS.find((one) => one === name);
  const entry = portal ? await stagePortal(portal, folder) : await stageBundle(`packages/${name}/dist`, folder);
  // A portal reads its settings from the current folder.
  await writeFile(
    join(folder, START_FILE),
    `process.chdir(new URL("./${dirname(entry)}/", import.meta.url).pathname);\nawait import("./${entry}");\n`,
  );
}

async function stagePortal(portal: (typeof PORTALS)[number], folder: string): Promise<string> {
  const app = join("apps", portal);
  const standalone = join(ROOT, app, ".next", "standalone");
  if (!existsSync(join(standalone, app, "server.js"))) {
    throw new Error(`${app} has no standalone output: build with MGS_STANDALONE=1`);
  }
  await cp(standalone, folder, { recursive: true, verbatimSymlinks: true });
  await cp(join(ROOT, app, ".next", "static"), join(folder, app, ".next", "static"), { recursive: true });
  return join(app, "server.js");
}

async function stageBundle(dist: string, folder: string): Promise<string> {
  const entry = join(dist, "main.js");
  if (!existsSync(join(ROOT, entry))) throw new Error(`${entry} is not there: build first`);
  // The files of its threads are beside it.
  const bundles = (await readdir(join(ROOT, dist))).filter((file) => file.endsWith(".js"));
  await copyTraced(
    bundles.map((file) => join(dist, file)),
    folder,
  );
  return entry;
}

/** Copies files and all files that they load, but for those of ignored packages; pnpm's links stay links. */
async function copyTraced(entries: readonly string[], folder: string, ignored: readonly string[] = []): Promise<void> {
  const { fileList } = await nodeFileTrace(
    entries.map((entry) => join(ROOT, entry)),
    { base: ROOT, processCwd: ROOT, ignore: [...ignored] },
  );
  const manifests = entries.map((entry) => join(dirname(dirname(entry)), "package.json"));
  for (const file of [...fileList, ...manifests]) {
    const [from, to] = [join(ROOT, file), join(folder, file)];
    if (existsSync(to)) continue;
    await mkdir(dirname(to), { recursive: true });
    if ((await lstat(from)).isSymbolicLink()) await symlink(await readlink(from), to);
    else await cp(from, to);
  }
}

if (resolve(process.argv[1] ?? "") === resolve(import.meta.filename)) {
  const [, , target = "", folder = ""] = process.argv;
  const name = PROCESSES.find((one) => one === target);
  if (folder === "" || !(name || target === "tools")) {
    throw new Error(`usage: stage-image.ts <${PROCESSES.join("|")}|tools> <folder>`);
  }
  await (name ? stageProcess(name, resolve(folder)) : stageTools(resolve(folder)));
}
