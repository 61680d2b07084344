import { AppError } from "@mgs/core/errors";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";

/** Longest text of an answer: attestations carry certificates. */
const MAX_CHARACTERS = 16_384;
const base64url = z
  .string()
  .max(MAX_CHARACTERS)
  .regex(/^[\w-]*$/);

const common = {
  id: base64url.min(1).max(1_500),
  rawId: base64url.min(1).max(1_500),
  type: z.literal("public-key"),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).nullish(),
};

/** What an authenticator answers to a sign-in (WebAuthn section 5.1.7, `AuthenticationResponseJSON`). */
export const assertionInput = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url.min(1),
    authenticatorData: base64url.min(1),
    signature: base64url.min(1),
    userHandle: base64url.nullish(),
  }),
});
export type Assertion = z.output<typeof assertionInput>;

/** What an authenticator answers to a registration (`RegistrationResponseJSON`). */
export const attestationInput = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url.min(1),
    attestationObject: base64url.min(1),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});
export type Attestation = z.output<typeof attestationInput>;

/** The answer in the library's type; nothing that an extension says is read. */
export function toAuthenticationResponse({ id, rawId, type, response }: Assertion): AuthenticationResponseJSON {
  const { userHandle, ...signed } = response;
  return { id, rawId, type, clientExtensionResults: {}, response: userHandle ? { ...signed, userHandle } : signed };
}

export function toRegistrationResponse({ id, rawId, type, response }: Attestation): RegistrationResponseJSON {
  const { clientDataJSON, attestationObject } = response;
  return { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } };
}

const clientData = z.object({ challenge: z.string().min(1).max(1_000) });

/** The challenge that an answer names; that the answer is signed is checked later. @throws AppError PASSKEY_REFUSED */
export function challengeOf({ response }: { response: { clientDataJSON: string } }): string {
  try {
    return clientData.parse(JSON.parse(Buffer.from(response.clientDataJSON, "base64url").toString("utf8"))).challenge;
  } catch (cause) {
    throw new AppError("PASSKEY_REFUSED", { cause });
  }
}
