import type { ErrorDetail } from "@mgs/core/errors";
import { markLeaving } from "../page-session";

/** The outcome of an action, in the reader's language. */
export type ActionResult = {
  ok: boolean;
  message: string;
  /** The `ErrorCode` of a refusal. */
  code?: string;
  fieldErrors?: readonly ErrorDetail[];
  /** Seconds until a new attempt makes sense. */
  retryAfter?: number;
  /** Address to which the page goes on after a success. */
  redirect?: string;
  /** Nothing has been done yet: it will be when the form comes once more with `confirmed`, the question's key. */
  question?: ActionQuestion;
};

/** What a `ConfirmedActionForm` asks before its action goes on. The key names what was agreed to. */
export type ActionQuestion = {
  key: string;
  title: string;
  text: string;
  submit: string;
  cancel: string;
  close: string;
};

/** Leaves for the address at which a success goes on. @returns whether there is one */
export function followRedirect({ ok, redirect }: ActionResult): boolean {
  if (!ok || redirect === undefined) return false;
  markLeaving();
  window.location.assign(redirect);
  return true;
}
