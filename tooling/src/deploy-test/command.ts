import { spawn } from "node:child_process";
import { spawnEnvironment } from "../supervisor/service";

export type CommandOptions = {
  /** Standard input; empty unless told. */
  input?: string;
  /** Standard input from the moment in which the program asks: a terminal forgets what was typed before. */
  answer?: { to: RegExp; text: string };
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Exit codes that are no failure, besides 0. */
  also?: readonly number[];
  signal?: AbortSignal | undefined;
  /** Receives each chunk of output while it runs. */
  output?(chunk: string): void;
};

/** How much of a failed command's output its error carries. */
const TAIL_CHARACTERS = 6_000;

/**
 * Runs a program to its end and resolves to what it wrote, errors among it.
 * @throws Error with the end of its output when its exit code is neither 0 nor one of `also`
 */
export async function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const [command = "", ...args] = argv;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: spawnEnvironment(options.env ?? environmentOfTools()),
    stdio: ["pipe", "pipe", "pipe"],
    signal: options.signal,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      output += chunk;
      options.output?.(chunk);
      if (options.answer?.to.test(output)) child.stdin.end(options.answer.text);
    });
  }
  // A program that does not read is no failure.
  child.stdin.on("error", () => undefined);
  if (!options.answer) child.stdin.end(options.input ?? "");
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (ended) => resolve(ended ?? -1));
  });
  if (code === 0 || options.also?.includes(code)) return output;
  throw new Error(`${argv.join(" ").slice(0, 300)}\nended with exit code ${code}:\n${output.slice(-TAIL_CHARACTERS)}`);
}

/** What programs of the system get: nothing of the pinned Node, and nothing of this repository. */
export function environmentOfTools(): Record<string, string> {
  const given = ["HOME", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "http_proxy", "https_proxy", "no_proxy"];
  const present = given.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(present),
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    LC_ALL: "C.UTF-8",
    DEBIAN_FRONTEND: "noninteractive",
  };
}

/** Asks until the answer is true. @throws Error naming `what` after `timeoutMs` */
export async function waitUntil(what: string, timeoutMs: number, answer: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await answer().catch(() => false))) {
    if (performance.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
