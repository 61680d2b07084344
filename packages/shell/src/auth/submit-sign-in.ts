import { z } from "zod";

/** What became of a sign-in attempt. `unreadable`: no JSON came back; the browser's own submission takes over. */
export type SignInOutcome =
  | { kind: "redirect"; to: string }
  | { kind: "refused"; code: string; message: string; retryAfter: number | null }
  | { kind: "unreadable" }
  | { kind: "unreachable" };

const success = z.object({ success: z.literal(true), data: z.object({ redirect: z.string() }) });
const refusal = z.object({ success: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) });

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
  if (!response) return { kind: "unreachable" };
  const body: unknown = await response.json().catch(() => null);
  const accepted = success.safeParse(body);
  if (accepted.success) return { kind: "redirect", to: accepted.data.data.redirect };
  const refused = refusal.safeParse(body);
  if (!refused.success) return { kind: response.status >= 500 ? "unreachable" : "unreadable" };
  return { kind: "refused", ...refused.data.error, retryAfter: Number(response.headers.get("retry-after")) || null };
}
