import { decode, encode } from "next-auth/jwt";
import { CHECK_COOKIES } from "./auth-options";

/** What NextAuth compares when the provider's answer comes: the OAuth state and the PKCE verifier. */
export type Checks = { state: string; codeVerifier: string };

/** Seconds for which the cookies made for one call are good. */
const CALL_TTL_SECONDS = 60;

/** Takes the checks out of the cookies that NextAuth would have set. @throws Error when it set none */
export async function takeChecks(setCookies: readonly string[], secret: string): Promise<Checks> {
  const value = async (name: string): Promise<string> => {
    const pair = setCookies.find((cookie) => cookie.startsWith(`${name}=`))?.split(";")[0] ?? "";
    const token = await decode({ token: decodeURIComponent(pair.slice(name.length + 1)), secret, salt: name });
    if (typeof token?.value !== "string") throw new Error(`NextAuth set no cookie for ${name}`);
    return token.value;
  };
  return { state: await value(CHECK_COOKIES.state), codeVerifier: await value(CHECK_COOKIES.pkceCodeVerifier) };
}

/** The cookies by which NextAuth knows these checks again. */
export async function checkCookies({ state, codeVerifier }: Checks, secret: string): Promise<Record<string, string>> {
  const sealed = (name: string, value: string) =>
    encode({ token: { value, provider: "mgs" }, secret, salt: name, maxAge: CALL_TTL_SECONDS });
  return {
    [CHECK_COOKIES.state]: await sealed(CHECK_COOKIES.state, state),
    [CHECK_COOKIES.pkceCodeVerifier]: await sealed(CHECK_COOKIES.pkceCodeVerifier, codeVerifier),
  };
}
