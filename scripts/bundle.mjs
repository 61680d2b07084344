// Bundles a process of this repository for production: our TypeScript goes in, npm packages stay outside.
import { build } from "esbuild";

const [entry, outfile] = process.argv.slice(2);
if (!entry || !outfile) {
  console.error("usage: bundle.mjs <entry.ts> <outfile.js>");
  process.exit(2);
}
await build({
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
