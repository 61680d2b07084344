// Bundles the programs of one process for production, in one folder: our TypeScript goes in, npm packages stay outside.
// With --with-packages they go in too, but for those that few need, and their licences are written beside the bundle.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";

/** Loaded by those who ask for traces or error reports, and by `pg` where it finds it. */
const LEFT_OUT = ["@sentry/node", "@opentelemetry/context-async-hooks", "@opentelemetry/exporter-*"].concat([
  "@opentelemetry/instrumentation-*",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace",
  "pg-native",
]);

/** Below the bundles' folder: what several of them share, and what one loads only when it is asked for. */
const PARTS = "parts";

const args = process.argv.slice(2);
const withPackages = args[0] === "--with-packages";
const files = withPackages ? args.slice(1) : args;
const folders = new Set(files.filter((_, index) => index % 2 === 1).map((outfile) => dirname(outfile)));
if (files.length === 0 || files.length % 2 !== 0 || folders.size !== 1) {
  console.error("usage: bundle.mjs [--with-packages] <entry.ts> <folder/outfile.js> [<entry.ts> <folder/outfile.js>]…");
  process.exit(2);
}
const [outdir] = folders;
const entryPoints = [];
for (let index = 0; index < files.length; index += 2) {
  entryPoints.push({ in: files[index], out: basename(files[index + 1], ".js") });
}
// Their names change with what is in them: those of the build before would stay for ever.
rmSync(join(outdir, PARTS), { recursive: true, force: true });
const { metafile } = await build({
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  jsx: "automatic",
  logLevel: "warning",
  entryPoints,
  outdir,
  // Without it, everything that any part imports would be loaded when the process starts.
  splitting: true,
  chunkNames: `${PARTS}/[name]-[hash]`,
  metafile: true,
  ...(withPackages ? packagesInside() : packagesOutside()),
});
if (withPackages) writeFileSync(join(outdir, "THIRD-PARTY.txt"), licences(Object.keys(metafile.inputs)));

function packagesOutside() {
  return {
    sourcemap: true,
    plugins: [
      {
        name: "npm-packages-stay-outside",
        setup(b) {
          b.onResolve({ filter: /^[^./]/ }, (args) =>
            args.kind === "entry-point" || args.path.startsWith("@mgs/")
              ? undefined
              : { path: args.path, external: true },
          );
        },
      },
    ],
  };
}

function packagesInside() {
  return {
    external: LEFT_OUT,
    // CommonJS packages ask for Node's own modules by `require`, which ES modules do not have.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  };
}

/** What the licences of bundled packages ask to be passed on. */
function licences(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []).sort(),
  );
  const texts = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    texts.set(`${name}@${version}`, `(${license})\n\n${file ? readFileSync(join(folder, file), "utf8").trim() : ""}`);
  }
  return [...texts].map(([name, text]) => `${name} ${text}\n`).join(`\n${"-".repeat(80)}\n\n`);
}
