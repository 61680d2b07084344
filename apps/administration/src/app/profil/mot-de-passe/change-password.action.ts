"use server";

import { messagesFor } from "@mgs/i18n/catalogue";
import { formatMessage } from "@mgs/i18n/message";
import { changePassword } from "@mgs/identity/users/change-password";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { portal } from "../../../portal";

/** Changes the password of the person who is signed in. */
export async function changeOwnPassword(values: FormValues): Promise<ActionResult> {
  const deps = { ...portal.runtime(), limiter: portal.signIn().signInLimiter };
  return portal.runAction(async ({ actor, ip, locale }) => {
    const input = { current: String(values.current ?? ""), password: String(values.password ?? ""), ip };
    const { ended } = await changePassword(deps, actor, input);
    return formatMessage(messagesFor(locale).account.changed, locale, { ended });
  });
}
