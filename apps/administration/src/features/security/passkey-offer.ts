import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";

/** The outcome of asking for a new passkey: what the browser asks its authenticator, or a refusal. */
export type PasskeyOffer = ActionResult & { options?: PublicKeyCredentialCreationOptionsJSON };
