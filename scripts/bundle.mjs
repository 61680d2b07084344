// Bundles a process of this repository for production: our TypeScript goes in, npm packages stay outside.
import { build } from "esbuild";

const files = process.argv.slice(2);
if (files.length === 0 || files.length % 2 !== 0) {
  console.error("usage: bundle.mjs <entry.ts> <outfile.js> [<entry.ts> <outfile.js>]…");
  process.exit(2);
}
for (let index = 0; index < files.length; index += 2) await bundle(files[index], files[index + 1]);

function bundle(entry, outfile) {
  return build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    sourcemap: true,
    jsx: "automatic",
    logLevel: "warning",
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
