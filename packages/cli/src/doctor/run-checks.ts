import { hideSecrets } from "@mgs/core/redact";
import type { Check, Finding, State } from "./check";
import type { System } from "./system";
import { findUntrusted } from "./untrusted";

export type Result = Finding & { name: string; title: string };

/** Runs all checks at the same time; one that throws or takes longer than `timeoutMs` has failed. */
export function runChecks(checks: readonly Check[], system: System, timeoutMs: number): Promise<Result[]> {
  return Promise.all(checks.map((check) => runCheck(check, system, timeoutMs)));
}

async function runCheck(check: Check, system: System, timeoutMs: number): Promise<Result> {
  const result = await runWithTimeout(check, system, timeoutMs);
  if (result.state !== "fail") return result;
  const untrusted = await findUntrusted(check.addresses?.(system) ?? [], AbortSignal.timeout(timeoutMs));
  return { ...result, ...untrusted };
}

async function runWithTimeout({ name, title, advice, run }: Check, system: System, timeoutMs: number): Promise<Result> {
  const signal = AbortSignal.timeout(timeoutMs);
  const expired = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error(`no answer within ${timeoutMs / 1_000} s`)), {
      once: true,
    });
  });
  try {
    return { name, title, ...(await Promise.race([run(system, signal), expired])) };
  } catch (error) {
    return { name, title, state: "fail", detail: hideSecrets(describeReason(error)), advice };
  }
}

/** Picks the worst state of all results. */
export function pickWorstState(results: readonly Result[]): State {
  if (results.some(({ state }) => state === "fail")) return "fail";
  return results.some(({ state }) => state === "warn") ? "warn" : "ok";
}

/** Describes an error and its causes in one line, since fetch says "fetch failed" for every error. */
function describeReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code: unknown = Reflect.get(error, "code");
  const message = error.message || (typeof code === "string" ? code : error.name);
  const first = message.trim().split("\n").at(-1) ?? "";
  const cause = error.cause === undefined ? "" : describeReason(error.cause);
  return cause && !first.includes(cause) ? `${first}: ${cause}` : first;
}
