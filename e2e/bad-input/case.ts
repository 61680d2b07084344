import type { ErrorCode } from "../../packages/core/src/errors";
import type { Portal } from "../../packages/core/src/portals";
import { messagesFor } from "../../packages/i18n/src/catalogue";
import { urlOf } from "../support/instance";
import { type Answer, type Call, send } from "./call";

/** One bad request and its expected answer. */
export type Case = {
  name: string;
  call: Call;
  status: number;
  /** Absent for an answer without our envelope (a redirect, a page, OAuth's errors), of which only the status is checked. */
  code?: ErrorCode;
  /** The language of a known caller; else `Accept-Language` decides. */
  locale?: "fr" | "en";
  /** The expected value of `Allow`. */
  allow?: string;
};

const CATALOGUES = { fr: messagesFor("fr").errors, en: messagesFor("en").errors };

/** Makes the request, alternating French and English. @returns the faults of the answer */
export async function findFaults(portal: Portal, one: Case, index: number): Promise<string[]> {
  const asked = index % 2 === 0 ? "en" : "fr";
  // A person's own language overrides the browser's, so that these cases always ask for the other one.
  const language = one.locale === undefined ? asked : one.locale === "fr" ? "en" : "fr";
  const headers = { "accept-language": language, ...one.call.headers };
  const answer = await send(urlOf(portal), { ...one.call, headers }).catch((error: unknown) => String(error));
  const faults = typeof answer === "string" ? [answer] : checkAnswer(answer, one, one.locale ?? language);
  return faults.map(
    (complaint) => `${one.call.method ?? "GET"} ${one.call.path.slice(0, 80)}, ${one.name}: ${complaint}`,
  );
}

function checkAnswer(answer: Answer, { status, code, allow, call }: Case, locale: "fr" | "en"): string[] {
  const faults: string[] = [];
  const expect = (what: string, actual: unknown, expectedValue: unknown) => {
    if (actual !== expectedValue)
      faults.push(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expectedValue)}`);
  };
  expect("status", answer.status, status);
  if (faults.length > 0 && !code) faults.push(answer.text.slice(0, 200));
  expect("x-powered-by", answer.headers["x-powered-by"], undefined);
  expect("x-content-type-options", answer.headers["x-content-type-options"], "nosniff");
  if (allow !== undefined) expect("allow", answer.headers.allow, allow);
  if (code === undefined) return faults;

  expect("content-type", answer.headers["content-type"], "application/json");
  expect("cache-control", answer.headers["cache-control"], "no-store");
  if (!/^[\w-]{8,64}$/.test(String(answer.headers["x-request-id"]))) faults.push("no x-request-id");
  if (answer.status === 401 && !answer.headers["www-authenticate"]) faults.push("no challenge");
  if (answer.status === 429 && !/^[1-9]\d*$/.test(String(answer.headers["retry-after"]))) faults.push("no Retry-After");
  if (call.method === "HEAD") return faults;
  const envelope = answer.json as { success?: unknown; error?: { code: string; message: string; details?: unknown } };
  expect("success", envelope?.success, false);
  expect("code", envelope?.error?.code, code);
  expect("message", envelope?.error?.message, CATALOGUES[locale][code]);
  const { details = [] } = envelope?.error ?? {};
  const texts = Array.isArray(details) && details.every(isDetail);
  if (!texts) faults.push(`details are ${JSON.stringify(details).slice(0, 200)}`);
  if (code === "VALIDATION_ERROR" && !envelope?.error?.details) faults.push("no details");
  return faults;
}

/** Whether a detail has a path and a translated text; a code in capitals is no translation. */
function isDetail(detail: unknown): boolean {
  if (typeof detail !== "object" || detail === null || !("path" in detail) || !("message" in detail)) return false;
  return (
    typeof detail.path === "string" &&
    typeof detail.message === "string" &&
    detail.message !== "" &&
    !/^[A-Z_]+$/.test(detail.message)
  );
}
