// What browser code reaches, also through other files. A cruise of its own, which reads compiled modules: type-only imports
// are gone in them, so that a rule may follow every import that is left.
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import house from "./.dependency-cruiser.mjs";

const DIRECTIVE = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*["']use (client|server)["']/;

/** Lists the source files that begin with a directive of React. */
function filesWithDirective(directive) {
  const sources = ["apps", "packages"].flatMap((root) => readdirSync(root).map((name) => `${root}/${name}/src`));
  return sources.flatMap((source) =>
    readdirSync(source, { recursive: true })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => `${source}/${path}`)
      .filter((path) => DIRECTIVE.exec(readFileSync(path, "utf8"))?.[1] === directive),
  );
}

const escapePattern = (text) => text.replace(/[.()[\]+*?^$|{}\\]/g, "\\$&");
const anyOf = (paths) => `^(${paths.map(escapePattern).join("|")})$`;

const TEST = "\\.(test|itest)\\.tsx?$|/testing/";
/** The part of a contract that servers use: its zod schemas. */
const SERVER_CONTRACT = "/src/contract/schemas";
const BROWSER = [
  "^packages/(ui|i18n|shell)/src/",
  "^packages/[^/]+/src/(contract/|links\\.ts$)",
  "^packages/realtime/src/(client|react|names|events|connection)",
  anyOf(filesWithDirective("client")),
].join("|");
/** Every package that browsers have no part of, and of domains what is neither their contract nor their links. */
const SERVER = "^packages/(?!(ui|i18n|shell|core)/|realtime/src/|[^/]+/src/(contract/|links\\.ts$))";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "browser-code-reaches-no-server",
      comment:
        "Browser code reaches neither Node, nor a library or a package of servers, also not through other files.",
      severity: "error",
      from: { path: BROWSER, pathNot: TEST },
      to: {
        reachable: true,
        path: [
          `^(node:)?(${builtinModules.map(escapePattern).join("|")})$`,
          SERVER,
          "node_modules/(pusher|pino|pg|bullmq|ioredis|nodemailer|next-auth|oidc-provider|@prisma)/",
        ].join("|"),
      },
    },
    {
      name: "icons-of-entries-stay-on-the-server",
      comment: "The server draws the icons of navigation and dashboard; browsers would load the table of all of them.",
      severity: "error",
      from: { path: anyOf(filesWithDirective("client")) },
      to: { reachable: true, path: "^packages/shell/src/layout/nav-items\\.tsx$" },
    },
    {
      name: "browser-code-reaches-no-zod",
      comment: "zod outweighs all else that a page loads: browsers check with core's shapes and the contract's rules.",
      severity: "error",
      from: { path: BROWSER, pathNot: `${TEST}|${SERVER_CONTRACT}` },
      to: { reachable: true, path: `node_modules/zod/|${SERVER_CONTRACT}` },
    },
  ],
  options: {
    ...house.options,
    tsPreCompilationDeps: false,
    // Servers are not read: the rule refuses an import at their border. Of a server action a client component gets a
    // reference, not the module.
    doNotFollow: { path: `node_modules|${SERVER}|${anyOf(filesWithDirective("server"))}` },
  },
};
