import type { Environment } from "@mgs/core/environment";

/** One process that the supervisor runs. */
export type Service = {
  name: string;
  command: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment of the process, which inherits no variable. */
  env: Readonly<Record<string, string>>;
  uid?: number | undefined;
  gid?: number | undefined;
  /** Signal that ends it. Default: SIGTERM. */
  stopSignal?: NodeJS.Signals;
  /** True for servers that others depend on: they end last. */
  tier: "server" | "process";
  /** Resolves to true once it serves; the supervisor polls it until then. */
  ready(): Promise<boolean>;
  /** Time until it has to serve, in milliseconds. Default: 60,000. */
  readyTimeout?: number;
};

/** Picks the variables that every process may need from the environment of this one. */
export function createBaseEnvironment(source: Environment = process.env): Record<string, string> {
  const names = ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "NODE_EXTRA_CA_CERTS"];
  const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
  const present = [...names, ...proxies].flatMap((name) => {
    const value = source[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(present);
}

/** Casts variables to the type of `spawn`, which Next narrows to one with NODE_ENV. */
export function spawnEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const mode: NodeJS.ProcessEnv = { NODE_ENV: "production" };
  return Object.assign(mode, variables);
}
