import { execFile } from "node:child_process";
import { chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { ROOT } from "./paths";

const run = promisify(execFile);

/** The npm package of the realtime server, and its command. */
const PACKAGE_NAME = "mgs-realtime";
const SOURCE_FOLDER = join(ROOT, "packages", "realtime-server");
const PAGES = ["realtime-server.md", "migrating-from-soketi.md", "migrating-from-laravel-echo-server.md"];

/** Loaded only when traces or error reports are turned on. */
const ON_DEMAND = [
  "@opentelemetry/context-async-hooks",
  "@opentelemetry/exporter-trace-otlp-http",
  "@opentelemetry/instrumentation-http",
  "@opentelemetry/instrumentation-ioredis",
  "@opentelemetry/instrumentation-pg",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace",
  "@sentry/node",
];

const README = `# mgs-realtime

A self-hosted server of the Pusher Channels protocol. It needs Node 22 or newer and nothing else.

\`\`\`sh
PUSHER_APP_ID=app PUSHER_APP_KEY=key PUSHER_APP_SECRET=secret npx mgs-realtime
\`\`\`

\`mgs-realtime --help\` lists the options, docs/realtime-server.md the settings.
`;

/**
 * Makes the package: one file with all its dependencies, its documents and the licences of its dependencies.
 * @param folder folder of the package, which is emptied first
 * @returns path of the tarball
 * @throws Error when the bundle or \`npm pack\` fails
 */
export async function packRealtime(folder: string): Promise<string> {
  const staged = join(folder, "package");
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(staged, "docs"), { recursive: true });
  const bundle = join(staged, `${PACKAGE_NAME}.js`);
  await run(process.execPath, [
    join(ROOT, "scripts", "bundle.mjs"),
    "--with-packages",
    join(SOURCE_FOLDER, "src", "main.ts"),
    bundle,
  ]);
  await writeFile(bundle, `#!/usr/bin/env node\n${await readFile(bundle, "utf8")}`);
  await chmod(bundle, 0o755);
  await writeFile(join(staged, "package.json"), `${JSON.stringify(await readManifest(), null, 2)}\n`);
  await writeFile(join(staged, "README.md"), README);
  for (const page of PAGES) await cp(join(ROOT, "docs", page), join(staged, "docs", page));

  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: staged });
  const [packed] = z.array(z.object({ filename: z.string() })).parse(JSON.parse(stdout));
  if (packed === undefined) throw new Error("npm pack made nothing");
  return join(folder, packed.filename);
}

async function readManifest(): Promise<Record<string, unknown>> {
  const own = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(SOURCE_FOLDER, "package.json"), "utf8")));
  return {
    name: PACKAGE_NAME,
    version: own.version,
    description: "A self-hosted server of the Pusher Channels protocol",
    license: "UNLICENSED",
    type: "module",
    bin: { [PACKAGE_NAME]: `${PACKAGE_NAME}.js` },
    files: [`${PACKAGE_NAME}.js`, "parts", "THIRD-PARTY.txt", "docs"],
    engines: { node: ">=22" },
    peerDependencies: Object.fromEntries(ON_DEMAND.map((name) => [name, "*"])),
    peerDependenciesMeta: Object.fromEntries(ON_DEMAND.map((name) => [name, { optional: true }])),
  };
}
