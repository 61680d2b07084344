// Bundles the programs of one process for production, in one folder: our TypeScript goes in, npm packages stay outside.
// With --with-packages they go in too, but for those that few need, and their licences are written beside the bundle.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";

/** Packages that are loaded only when traces or error reports are on, or that `pg` loads when they are installed. */
const EXTERNAL_PACKAGES = ["@sentry/node", "@opentelemetry/context-async-hooks", "@opentelemetry/exporter-*"].concat([
  "@opentelemetry/instrumentation-*",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace",
  "pg-native",
]);

/** Folder below the bundles for code that several of them share, and for code that is loaded on demand. */
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
// The names of parts change with their content, so those of the build before are removed.
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
  // Without splitting, the process would load every import of every part when it starts.
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
    external: EXTERNAL_PACKAGES,
    // CommonJS packages `require` Node's own modules, and ES modules have no `require`.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  };
}

/** Collects the licence texts of bundled packages, which have to be distributed with them. */
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
