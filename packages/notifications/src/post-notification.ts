import type { Locale } from "@mgs/core/locale";
import { z } from "zod";
import { type SentNotification, sentNotification } from "./contract/answers";
import { sendApiPath } from "./contract/links";
import type { SendInput } from "./contract/schemas";

/** A send's answer. `status` 0: no answer came; with an idempotency key the caller may repeat the call. */
export type SendResult =
  | { ok: true; data: SentNotification }
  | {
      ok: false;
      status: number;
      code: string;
      message: string;
      details: { path: string; message: string }[];
      /** Seconds until a new attempt makes sense. */
      retryAfter: number | undefined;
    };

type SendOptions = { idempotencyKey?: string; locale?: Locale; requestId?: string; timeoutMs?: number };

const success = z.object({ data: z.custom<SentNotification>(sentNotification) });
const refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  }),
});

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Sends a notification with an access token; for servers only, since a token never reaches a browser. It never throws.
 * @param baseUrl origin of administration
 */
export async function postNotification(
  baseUrl: string,
  accessToken: string,
  input: SendInput,
  { idempotencyKey, locale, requestId, timeoutMs = DEFAULT_TIMEOUT_MS }: SendOptions = {},
): Promise<SendResult> {
  try {
    const response = await fetch(new URL(sendApiPath(), baseUrl), {
      method: "POST",
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${accessToken}`,
        "content-type": "application/json",
        accept: "application/json",
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
        ...(locale === undefined ? {} : { "accept-language": locale }),
        ...(requestId === undefined ? {} : { "x-request-id": requestId }),
      },
      body: JSON.stringify(input),
    });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return { ok: true, data: success.parse(body).data };
    const parsed = refusal.safeParse(body);
    const error = parsed.success ? parsed.data.error : { code: "INTERNAL_ERROR", message: "", details: [] };
    return {
      ok: false,
      status: response.status,
      ...error,
      retryAfter: Number(response.headers.get("retry-after")) || undefined,
    };
  } catch {
    return { ok: false, status: 0, code: "UNAVAILABLE", message: "", details: [], retryAfter: undefined };
  }
}
