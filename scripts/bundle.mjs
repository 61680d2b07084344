// Bundles a process of this repository for production: our TypeScript goes in, npm packages stay outside. With
// --with-packages they go in too, but for those that few need, and their licences are written beside the bundle.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";

/** Loaded by those who ask for traces or error reports, and by `pg` where it finds it. */
const LEFT_OUT = ["@sentry/node", "@opentelemetry/context-async-hooks", "@opentelemetry/exporter-*"].concat([
  "@opentelemetry/instrumentation-*",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace",
  "pg-native",
]);

const args = process.argv.slice(2);
const withPackages = args[0] === "--with-packages";
const files = withPackages ? args.slice(1) : args;
if (files.length === 0 || files.length % 2 !== 0) {
  console.error("usage: bundle.mjs [--with-packages] <entry.ts> <outfile.js> [<entry.ts> <outfile.js>]…");
  process.exit(2);
}
for (let index = 0; index < files.length; index += 2) {
  if (withPackages) await bundleWithPackages(files[index], files[index + 1]);
  else await bundle(files[index], files[index + 1]);
}

function options() {
  return {
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    jsx: "automatic",
    logLevel: "warning",
  };
}

function bundle(entry, outfile) {
  return build({
    ...options(),
    entryPoints: [entry],
    outfile,
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
  });
}

async function bundleWithPackages(entry, outfile) {
  const { metafile } = await build({
    ...options(),
    entryPoints: [{ in: entry, out: basename(outfile, ".js") }],
    outdir: dirname(outfile),
    // What is imported when it is asked for stays apart, and so do the packages left out that it needs.
    splitting: true,
    chunkNames: "parts/[name]-[hash]",
    external: LEFT_OUT,
    metafile: true,
    // CommonJS packages ask for Node's own modules by `require`, which ES modules do not have.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  });
  writeFileSync(join(dirname(outfile), "THIRD-PARTY.txt"), licences(Object.keys(metafile.inputs)));
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
