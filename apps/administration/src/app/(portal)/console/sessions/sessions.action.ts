"use server";

import { endEveryone } from "@mgs/identity/devices/end-everyone";
import { changeSessionLifetimes } from "@mgs/identity/session-lifetimes/change-session-lifetimes";
import { SESSION_LIFETIMES, type SessionLifetimes } from "@mgs/identity/session-lifetimes/session-lifetimes";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { runAction } from "../../../../features/console/run-action";
import { toSeconds } from "../../../../features/console/sessions/duration";

/** Sets how long sign-ins and tokens last. */
export async function save(values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const lifetimes = Object.fromEntries(
      SESSION_LIFETIMES.map((name) => [name, toSeconds(textOf(values, name), textOf(values, `${name}_unit`))]),
    ) as SessionLifetimes;
    const version = Number(textOf(values, "version"));
    const { changed } = await changeSessionLifetimes(runtime, actor, { ...lifetimes, version });
    return texts.t(changed ? "sessions.saved" : "sessions.unchanged");
  });
}

/** Ends the sign-ins of everybody else. */
export async function endAll(values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const phrase = texts.t("sessions.phrase");
    await endEveryone(runtime, actor, { confirmation: textOf(values, "confirmation"), phrase });
    return texts.t("sessions.ended");
  });
}
