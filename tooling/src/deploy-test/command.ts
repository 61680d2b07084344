import { spawn } from "node:child_process";
import { spawnEnvironment } from "../supervisor/service";

export type CommandOptions = {
  /** Standard input. Default: empty. */
  input?: string;
  /** Standard input that is sent when the program prompts, because a terminal discards input before a prompt. */
  answer?: { to: RegExp; text: string };
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Exit codes besides 0 that count as success. */
  also?: readonly number[];
  signal?: AbortSignal | undefined;
  /** Receives each chunk of output while it runs. */
  output?(chunk: string): void;
};

/** The error of a failed command contains this much of the end of its output. */
const TAIL_CHARACTERS = 6_000;

/**
 * Runs a program to its end and resolves to its output, standard error included.
 * @throws Error with the end of its output when its exit code is neither 0 nor one of `also`
 */
export async function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const [command = "", ...args] = argv;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: spawnEnvironment(options.env ?? createToolEnvironment()),
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
  // A program that does not read its input has not failed.
  child.stdin.on("error", () => undefined);
  if (!options.answer) child.stdin.end(options.input ?? "");
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (ended) => resolve(ended ?? -1));
  });
  if (code === 0 || options.also?.includes(code)) return output;
  throw new Error(`${argv.join(" ").slice(0, 300)}\nended with exit code ${code}:\n${output.slice(-TAIL_CHARACTERS)}`);
}

/** Makes the environment of system programs, without the pinned Node and this repository's programs. */
export function createToolEnvironment(): Record<string, string> {
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

/** Polls until the answer is true. @throws Error that names `what` after `timeoutMs` */
export async function waitUntil(what: string, timeoutMs: number, answer: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await answer().catch(() => false))) {
    if (performance.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
