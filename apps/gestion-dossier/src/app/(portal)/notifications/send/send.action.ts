"use server";

import type { SendInput, SentNotification } from "@mgs/notifications/contract/schemas";
import { sendThroughAdministration } from "@mgs/portal/send-through-administration";
import type { FormResult } from "@mgs/shell/form-result";
import { portal } from "../../../../portal";

export async function send(
  input: SendInput,
  idempotencyKey: string,
  authorId: number,
): Promise<FormResult<SentNotification>> {
  return sendThroughAdministration(portal, input, idempotencyKey, authorId);
}
