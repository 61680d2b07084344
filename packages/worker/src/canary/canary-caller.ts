import { CANARY_CLIENT } from "@mgs/core/canary";
import { sendApiPath } from "@mgs/notifications/contract/links";
import { z } from "zod";

const REQUEST_TIMEOUT_MS = 10_000;
const tokenResponseSchema = z.object({ access_token: z.string(), expires_in: z.number() });
const sendResponseSchema = z.object({ data: z.object({ id: z.string() }) });

/** Sends notifications through the public API, as any program with a machine client does. */
export type CanaryCaller = {
  /** Sends to `userId` and returns the notification's id. @throws Error whose message is a code, such as `post_503` */
  sendNotification(userId: number): Promise<string>;
};

/** Makes a caller. @param secret the machine client's secret */
export function createCanaryCaller(
  addresses: { issuer: string; administration: string },
  secret: string,
): CanaryCaller & { prefetchToken(): Promise<void> } {
  let token: { value: string; until: number } | undefined;

  async function getToken(): Promise<string> {
    if (token && performance.now() < token.until) return token.value;
    const response = await fetch(`${addresses.issuer}/oauth/token`, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      headers: {
        authorization: `Basic ${Buffer.from(`${CANARY_CLIENT}:${encodeURIComponent(secret)}`).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: "notifications:send" }),
    }).catch(() => null);
    const answer = tokenResponseSchema.safeParse(await response?.json().catch(() => null));
    if (!response?.ok || !answer.success) throw new Error(`token_${response?.status ?? "unreachable"}`);
    const { access_token: value, expires_in: seconds } = answer.data;
    token = { value, until: performance.now() + Math.max(0, seconds - 60) * 1_000 };
    return value;
  }

  return {
    /** Fetches a token ahead, so that a measurement does not contain the request for it. */
    async prefetchToken() {
      await getToken();
    },
    async sendNotification(userId) {
      const response = await fetch(addresses.administration + sendApiPath(), {
        method: "POST",
        redirect: "error",
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        headers: { authorization: `Bearer ${await getToken()}`, "content-type": "application/json" },
        body: JSON.stringify({ user_id: userId, type: "canary", titre: "Canary", message: "Canary" }),
      }).catch(() => null);
      const answer = sendResponseSchema.safeParse(await response?.json().catch(() => null));
      if (response?.status === 401) token = undefined;
      if (!response?.ok || !answer.success) throw new Error(`post_${response?.status ?? "unreachable"}`);
      return answer.data.data.id;
    },
  };
}
