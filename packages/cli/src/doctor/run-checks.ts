import { hideSecrets } from "@mgs/core/redact";
import type { Check, Finding, State } from "./check";
import type { System } from "./system";
import { findUntrusted } from "./untrusted";

export type Result = Finding & { name: string; title: string };

/** Runs all checks side by side; one that throws or takes longer than `timeout` milliseconds has failed. */
export function runChecks(checks: readonly Check[], system: System, timeout: number): Promise<Result[]> {
  return Promise.all(checks.map((check) => runCheck(check, system, timeout)));
}

async function runCheck(check: Check, system: System, timeout: number): Promise<Result> {
  const result = await askCheck(check, system, timeout);
  if (result.state !== "fail") return result;
  const untrusted = await findUntrusted(check.addresses?.(system) ?? [], AbortSignal.timeout(timeout));
  return { ...result, ...untrusted };
}

async function askCheck({ name, title, advice, run }: Check, system: System, timeout: number): Promise<Result> {
  const signal = AbortSignal.timeout(timeout);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error(`no answer within ${timeout / 1_000} s`)), { once: true });
  });
  try {
    return { name, title, ...(await Promise.race([run(system, signal), late])) };
  } catch (error) {
    return { name, title, state: "fail", detail: hideSecrets(reasonOf(error)), advice };
  }
}

/** The worst state of all. */
export function verdict(results: readonly Result[]): State {
  if (results.some(({ state }) => state === "fail")) return "fail";
  return results.some(({ state }) => state === "warn") ? "warn" : "ok";
}

/** One line, and the reason below a reason: fetch says "fetch failed" of everything. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code: unknown = Reflect.get(error, "code");
  const message = error.message || (typeof code === "string" ? code : error.name);
  const first = message.trim().split("\n").at(-1) ?? "";
  const cause = error.cause === undefined ? "" : reasonOf(error.cause);
  return cause && !first.includes(cause) ? `${first}: ${cause}` : first;
}
