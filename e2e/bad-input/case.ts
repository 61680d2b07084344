import type { ErrorCode } from "../../packages/core/src/errors";
import type { Portal } from "../../packages/core/src/portals";
import { errors as english } from "../../packages/i18n/src/messages/en/errors";
import { errors as french } from "../../packages/i18n/src/messages/fr/errors";
import { urlOf } from "../support/instance";
import { type Answer, type Call, send } from "./call";

/** One bad request and what it has to be told. */
export type Case = {
  name: string;
  call: Call;
  status: number;
  /** Not given: the answer has a form of its own (a redirect, a page, OAuth's errors), and only the status counts. */
  code?: ErrorCode;
  /** Language of a caller that is known; else that of `Accept-Language`. */
  locale?: "fr" | "en";
  /** Value of `Allow`. */
  allow?: string;
};

const CATALOGUES = { fr: french, en: english };

/** Makes the request, in French and English by turns; returns what is wrong with the answer. */
export async function complaintsAbout(portal: Portal, one: Case, index: number): Promise<string[]> {
  const asked = index % 2 === 0 ? "en" : "fr";
  // A person's own language goes before the browser's: those cases always ask for the other one.
  const language = one.locale === undefined ? asked : one.locale === "fr" ? "en" : "fr";
  const headers = { "accept-language": language, ...one.call.headers };
  const answer = await send(urlOf(portal), { ...one.call, headers }).catch((error: unknown) => String(error));
  const told = typeof answer === "string" ? [answer] : judge(answer, one, one.locale ?? language);
  return told.map(
    (complaint) => `${one.call.method ?? "GET"} ${one.call.path.slice(0, 80)}, ${one.name}: ${complaint}`,
  );
}

function judge(answer: Answer, { status, code, allow, call }: Case, locale: "fr" | "en"): string[] {
  const complaints: string[] = [];
  const expect = (what: string, actual: unknown, wanted: unknown) => {
    if (actual !== wanted) complaints.push(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
  };
  expect("status", answer.status, status);
  if (complaints.length > 0 && !code) complaints.push(answer.text.slice(0, 200));
  expect("x-powered-by", answer.headers["x-powered-by"], undefined);
  expect("x-content-type-options", answer.headers["x-content-type-options"], "nosniff");
  if (allow !== undefined) expect("allow", answer.headers.allow, allow);
  if (code === undefined) return complaints;

  expect("content-type", answer.headers["content-type"], "application/json");
  expect("cache-control", answer.headers["cache-control"], "no-store");
  if (!/^[\w-]{8,64}$/.test(String(answer.headers["x-request-id"]))) complaints.push("no x-request-id");
  if (answer.status === 401 && !answer.headers["www-authenticate"]) complaints.push("no challenge");
  if (answer.status === 429 && !/^[1-9]\d*$/.test(String(answer.headers["retry-after"])))
    complaints.push("no Retry-After");
  if (call.method === "HEAD") return complaints;
  const envelope = answer.json as { success?: unknown; error?: { code: string; message: string; details?: unknown } };
  expect("success", envelope?.success, false);
  expect("code", envelope?.error?.code, code);
  expect("message", envelope?.error?.message, CATALOGUES[locale][code]);
  const { details = [] } = envelope?.error ?? {};
  const texts = Array.isArray(details) && details.every(isDetail);
  if (!texts) complaints.push(`details are ${JSON.stringify(details).slice(0, 200)}`);
  if (code === "VALIDATION_ERROR" && !envelope?.error?.details) complaints.push("no details");
  return complaints;
}

/** A path and a text for people: codes in capitals would mean that nobody translated them. */
function isDetail(detail: unknown): boolean {
  if (typeof detail !== "object" || detail === null || !("path" in detail) || !("message" in detail)) return false;
  return (
    typeof detail.path === "string" &&
    typeof detail.message === "string" &&
    detail.message !== "" &&
    !/^[A-Z_]+$/.test(detail.message)
  );
}
