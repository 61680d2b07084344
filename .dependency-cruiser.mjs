// The house's directions (docs/architecture.md): apps → what portals share → domain → jobs, realtime, email → db → core.

const CODE = "^(apps|packages|tooling|e2e|bench)/";
const GENERATED = "^packages/db/src/generated/";
const TEST = "\\.(test|itest)\\.tsx?$|/testing/";

/** Packages a package may import besides itself; whatever is not listed is refused. */
const MAY_IMPORT = {
  core: [],
  db: ["core"],
  email: ["core", "i18n"],
  realtime: ["core"],
  "realtime-admin": ["audit", "core", "db", "realtime"],
  audit: ["core", "db"],
  jobs: ["audit", "core", "db"],
  i18n: ["core"],
  ui: [],
  http: ["core", "i18n"],
  observability: ["core", "db"],
  module: ["core", "db", "email", "http", "i18n", "jobs", "realtime"],
  "command-kit": ["core", "db", "http", "i18n", "jobs", "module"],
  identity: ["audit", "command-kit", "core", "db", "email", "http", "i18n", "jobs", "module", "realtime"],
  notifications: ["command-kit", "core", "db", "email", "jobs", "realtime", "http", "i18n", "module"],
  oidc: ["audit", "command-kit", "core", "db", "jobs", "identity", "http", "module"],
  "portal-auth": ["core", "db", "jobs", "identity", "http", "module"],
  shell: ["core", "i18n", "identity", "notifications", "realtime", "ui"],
  portal: [
    "core",
    "db",
    "http",
    "i18n",
    "identity",
    "jobs",
    "module",
    "notifications",
    "observability",
    "oidc",
    "portal-auth",
    "realtime",
    "shell",
  ],
  "realtime-server": ["core", "observability"],
  worker: [
    "audit",
    "core",
    "db",
    "email",
    "http",
    "i18n",
    "identity",
    "jobs",
    "module",
    "notifications",
    "observability",
    "oidc",
    "portal-auth",
    "realtime",
  ],
  cli: [
    "audit",
    "command-kit",
    "core",
    "db",
    "email",
    "http",
    "i18n",
    "identity",
    "jobs",
    "module",
    "notifications",
    "observability",
    "oidc",
    "portal",
    "portal-auth",
    "realtime",
    "realtime-admin",
  ],
};

const directions = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  name: `direction-${name}`,
  comment: `packages/${name} may import ${allowed.join(", ") || "no package of ours"}.`,
  severity: "error",
  from: { path: `^packages/${name}/`, pathNot: TEST },
  to: { path: "^packages/", pathNot: `^packages/(${[name, ...allowed].join("|")})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...directions,
    {
      name: "realtime-server-without-database",
      comment:
        "The realtime server runs where there is nothing of the product: its own way to Redis and PostgreSQL is optional.",
      severity: "error",
      from: { path: "^packages/realtime-server/", pathNot: TEST },
      to: { path: "^packages/(db|jobs)/", reachable: true },
    },
    {
      name: "no-import-from-apps",
      comment: "Nothing imports from an app, except the app itself.",
      severity: "error",
      from: { path: "^(packages|tooling|e2e|bench)/" },
      to: { path: "^apps/" },
    },
    {
      name: "apps-apart",
      comment: "Apps share through packages, never with each other.",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/", pathNot: "^apps/$1/" },
    },
    {
      name: "apps-run-no-process",
      comment: "The worker, the realtime server and the command line are processes of their own.",
      severity: "error",
      from: { path: "^apps/" },
      to: { path: "^packages/(worker|realtime-server|cli)/|^tooling/" },
    },
    {
      name: "core-without-input-output",
      comment:
        "core opens no file, no socket and no process; its logger writes through pino alone. ip-address.ts needs isIP of node:net, a pure function.",
      severity: "error",
      from: { path: "^packages/core/", pathNot: `^packages/core/src/ip-address\\.ts$|${TEST}` },
      to: {
        path: "^(node:)?(child_process|cluster|dgram|dns|fs|http|http2|https|inspector|net|readline|repl|tls|tty|worker_threads)(/|$)",
      },
    },
    {
      name: "one-logger",
      comment: "createLogger of core makes every logger: it hides secrets, adds the request's id and reports errors.",
      severity: "error",
      from: { path: CODE, pathNot: "^packages/core/src/logger\\.ts$" },
      to: { path: "node_modules/pino/" },
    },
    {
      name: "prisma-behind-repositories",
      comment: "The generated Prisma client is imported in db, *.repository.ts and *.adapter.ts alone.",
      severity: "error",
      from: { path: CODE, pathNot: `^packages/db/|\\.(repository|adapter)\\.ts$|${TEST}` },
      to: { path: "^packages/db/src/generated/|node_modules/@prisma/" },
    },
    {
      name: "oidc-provider-in-quarantine",
      comment: "oidc-provider is imported in packages/oidc alone, and in the floor that a benchmark compares it with.",
      severity: "error",
      from: { path: CODE, pathNot: "^packages/oidc/|^bench/floors/" },
      to: { path: "node_modules/(oidc-provider|@types/oidc-provider)/" },
    },
    {
      name: "tests-are-not-shipped",
      comment: "Code that runs imports no test and no test helper.",
      severity: "error",
      from: { path: "^(apps|packages)/", pathNot: TEST },
      to: { path: TEST, pathNot: "node_modules" },
    },
    {
      name: "no-cycles",
      comment:
        "A cycle of files is one file in disguise, also when only types close it. Prisma's generated files have their own.",
      severity: "error",
      from: { pathNot: GENERATED },
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "An import that resolves to nothing breaks at run time.",
      severity: "error",
      from: { path: CODE },
      to: { couldNotResolve: true, pathNot: "^(node:|server-only$|@mgs/ui/styles)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.next/|/dist/|\\.data/|next-env\\.d\\.ts$" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css", ".d.ts"],
    },
  },
};
