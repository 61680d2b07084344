import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";

/** What the browser asks the person's passkeys, or a refusal. */
export type PasskeyQuestion = ActionResult & { options?: PublicKeyCredentialRequestOptionsJSON };
