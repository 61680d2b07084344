import { object, oneOf, string } from "@mgs/core/shape";

/** The outcome of a sign-in attempt. `unreadable`: the answer was no JSON; the browser then submits the form itself. */
export type SignInOutcome =
  | { kind: "redirect"; to: string }
  | { kind: "refused"; code: string; message: string; retryAfter: number | null }
  | { kind: "unreadable" }
  | { kind: "unreachable" };

const success = object({ success: oneOf(true), data: object({ redirect: string }) });
const refusal = object({ success: oneOf(false), error: object({ code: string, message: string }) });

/** Posts the sign-in form as the browser would, but asks for JSON. Never throws. */
export async function submitSignIn(
  action: string,
  form: FormData,
  fetcher: typeof fetch = (input, init) => fetch(input, init),
): Promise<SignInOutcome> {
  const fields = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === "string") fields.append(name, value);
  const response = await fetcher(action, {
    method: "POST",
    cache: "no-store",
    headers: { accept: "application/json" },
    body: fields,
  }).catch(() => null);
  return response ? readSignInOutcome(response) : { kind: "unreachable" };
}

/** Reads the answer to an attempt. */
export async function readSignInOutcome(response: Response): Promise<SignInOutcome> {
  const body: unknown = await response.json().catch(() => null);
  if (success(body)) return { kind: "redirect", to: body.data.redirect };
  if (!refusal(body)) return { kind: response.status >= 500 ? "unreachable" : "unreadable" };
  const { code, message } = body.error;
  return { kind: "refused", code, message, retryAfter: Number(response.headers.get("retry-after")) || null };
}
