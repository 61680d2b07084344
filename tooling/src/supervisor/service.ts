import type { Environment } from "@mgs/core/environment";

/** One process as the supervisor runs it. */
export type Service = {
  name: string;
  command: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment of the process: nothing is inherited. */
  env: Readonly<Record<string, string>>;
  uid?: number | undefined;
  gid?: number | undefined;
  /** How it is asked to end; SIGTERM unless told. */
  stopSignal?: NodeJS.Signals;
  /** Servers that others depend on end after everything else. */
  tier: "server" | "process";
  /** Resolves to true once it serves; asked again until then. */
  ready(): Promise<boolean>;
  /** Milliseconds it may take until it serves; 60,000 unless told. */
  readyTimeout?: number;
};

/** Variables every process may need to run at all, taken from our own environment. */
export function baseEnvironment(source: Environment = process.env): Record<string, string> {
  const names = ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "NODE_EXTRA_CA_CERTS"];
  const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
  const present = [...names, ...proxies].flatMap((name) => {
    const value = source[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(present);
}

/** Variables in the type that `spawn` wants, which Next narrows to one with NODE_ENV. */
export function spawnEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const mode: NodeJS.ProcessEnv = { NODE_ENV: "production" };
  return Object.assign(mode, variables);
}
