import { object, oneOf, string } from "@mgs/core/shape";
import { readSignInOutcome, type SignInOutcome } from "./submit-sign-in";

const offered = object({ success: oneOf(true), data: object({ challenge: string }) });

/** The library of passkeys, loaded when it is needed. */
export const loadPasskeys = () => import("@simplewebauthn/browser");

type Library = Awaited<ReturnType<typeof loadPasskeys>>;
type RequestOptions = Parameters<Library["startAuthentication"]>[0]["optionsJSON"];
type CreationOptions = Parameters<Library["startRegistration"]>[0]["optionsJSON"];

/** Whether this browser can be asked for a passkey here: browsers offer none where the host is an address. */
export function canUsePasskeys(): boolean {
  return "PublicKeyCredential" in window && !/^[\d.]+$|:/.test(window.location.hostname);
}

const postJson = (url: string, body: unknown): Promise<Response | null> =>
  fetch(url, {
    method: "POST",
    cache: "no-store",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);

/** `cancelled`: the person or the browser has broken off; nothing was posted. */
export type PasskeyOutcome = SignInOutcome | { kind: "cancelled" };

/**
 * Asks the authenticators for a passkey, and posts the answer. Never throws.
 * @param action the address that takes the answer; what to ask is below it
 * @param settings.autofill waits until the person picks a passkey among the suggestions of the e-mail field
 * @param settings.isRemembered whether the person wants to stay signed in, asked when they have answered; none on pages without the box
 */
export function signInWithPasskey(
  action: string,
  { autofill, isRemembered }: { autofill: boolean; isRemembered?: (() => boolean) | undefined },
): Promise<PasskeyOutcome> {
  return ask(
    action,
    (library, options) =>
      library.startAuthentication({ optionsJSON: options as RequestOptions, useBrowserAutofill: autofill }),
    isRemembered,
  );
}

/** Asks an authenticator for a new passkey within a sign-in, and posts it. Never throws. @param action as above */
export function enrolPasskey(action: string): Promise<PasskeyOutcome> {
  return ask(action, (library, options) => library.startRegistration({ optionsJSON: options as CreationOptions }));
}

async function ask(
  action: string,
  answerOf: (library: Library, options: unknown) => Promise<unknown>,
  isRemembered?: () => boolean,
): Promise<PasskeyOutcome> {
  const [library, response] = await Promise.all([loadPasskeys().catch(() => null), postJson(`${action}/options`, {})]);
  if (!library || !response) return { kind: "unreachable" };
  if (!response.ok) return readSignInOutcome(response);
  const body: unknown = await response.json().catch(() => null);
  if (!offered(body)) return { kind: "unreachable" };
  const answer = await answerOf(library, body.data).catch(() => null);
  if (!answer) return { kind: "cancelled" };
  const verified = await postJson(action, { answer, remember: isRemembered?.() });
  return verified ? readSignInOutcome(verified) : { kind: "unreachable" };
}
