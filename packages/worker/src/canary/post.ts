import { CANARY_CLIENT } from "@mgs/core/canary";
import { z } from "zod";

const TIMEOUT = 10_000;
const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number() });
const sendAnswer = z.object({ data: z.object({ id: z.string() }) });

/** The public way in, as any program with a machine client has it. */
export type CanaryCaller = {
  /** Sends to `userId` and returns the notification's id. @throws Error whose message is one word */
  post(userId: number): Promise<string>;
};

/** @param addresses issuer and origin of administration @param secret the machine client's */
export function createCanaryCaller(
  addresses: { issuer: string; administration: string },
  secret: string,
): CanaryCaller & { prepare(): Promise<void> } {
  let token: { value: string; until: number } | undefined;

  async function tokenNow(): Promise<string> {
    if (token && performance.now() < token.until) return token.value;
    const response = await fetch(`${addresses.issuer}/oauth/token`, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT),
      headers: {
        authorization: `Basic ${Buffer.from(`${CANARY_CLIENT}:${encodeURIComponent(secret)}`).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: "notifications:send" }),
    }).catch(() => null);
    const answer = tokenAnswer.safeParse(await response?.json().catch(() => null));
    if (!response?.ok || !answer.success) throw new Error(`token_${response?.status ?? "unreachable"}`);
    const { access_token: value, expires_in: seconds } = answer.data;
    token = { value, until: performance.now() + Math.max(0, seconds - 60) * 1_000 };
    return value;
  }

  return {
    /** Fetches a token ahead, so that it is no part of what is measured. */
    async prepare() {
      await tokenNow();
    },
    async post(userId) {
      const response = await fetch(`${addresses.administration}/api/notifications/send`, {
        method: "POST",
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: { authorization: `Bearer ${await tokenNow()}`, "content-type": "application/json" },
        body: JSON.stringify({ user_id: userId, type: "canary", titre: "Canary", message: "Canary" }),
      }).catch(() => null);
      const answer = sendAnswer.safeParse(await response?.json().catch(() => null));
      if (response?.status === 401) token = undefined;
      if (!response?.ok || !answer.success) throw new Error(`post_${response?.status ?? "unreachable"}`);
      return answer.data.data.id;
    },
  };
}
