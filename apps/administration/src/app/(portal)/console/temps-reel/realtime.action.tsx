"use server";

import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { currentLocale } from "@mgs/portal/current-locale";
import { toFormFailure } from "@mgs/portal/form-failure";
import { disconnectPerson } from "@mgs/realtime-admin/disconnect-person";
import { sendTestEvent } from "@mgs/realtime-admin/send-test-event";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormResult } from "@mgs/shell/form-result";
import type { ReactNode } from "react";
import { getActionContext, getPollContext } from "../../../../features/console/console-context";
import { Channels } from "../../../../features/console/realtime/channels";
import type { EventValues } from "../../../../features/console/realtime/event-form";
import { PersonFacts } from "../../../../features/console/realtime/person-facts";
import { Figures } from "../../../../features/console/realtime/realtime-page";
import { type RealtimeSearch, readRealtimeSearch } from "../../../../features/console/realtime/realtime-search";
import { runAction } from "../../../../features/console/run-action";
import { currentSession, portal } from "../../../../portal";

/** Renders the current figures; the page calls it every few seconds. */
export async function readFigures(): Promise<ReactNode> {
  const context = await getPollContext();
  return context && <Figures context={context} />;
}

/** Renders the current channels; the page calls it every few seconds. */
export async function readChannels(search: RealtimeSearch): Promise<ReactNode> {
  const context = await getPollContext();
  return context && <Channels context={context} search={readRealtimeSearch({ ...search })} disconnect={disconnect} />;
}

/** Renders a person's current connections; the page calls it every few seconds. */
export async function readPerson(userId: number): Promise<ReactNode> {
  const context = await getPollContext();
  return context && isUserId(userId) ? <PersonFacts context={context} userId={userId} disconnect={disconnect} /> : null;
}

export async function send(values: EventValues, idempotencyKey: string, authorId: number): Promise<FormResult<string>> {
  const locale = await currentLocale(currentSession);
  const runtime = portal.runtime();
  try {
    const context = await getActionContext(authorId);
    if (!context) throw new AppError("FORBIDDEN");
    const { actor, texts } = context;
    const { channel, subscriptions } = await sendTestEvent(runtime, actor, values, {
      idempotencyKey: parseIdempotencyKey(idempotencyKey),
    });
    const count = subscriptions ?? 0;
    const message = subscriptions === null ? "realtime.event.sentUnknown" : "realtime.event.sent";
    return { ok: true, data: texts.t(message, { channel, count }) };
  } catch (error) {
    return toFormFailure(error, locale, runtime.logger);
  }
}

export async function disconnect(userId: number, idempotencyKey: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    if (!isUserId(userId)) throw new AppError("USER_NOT_FOUND");
    const { name, connected } = await disconnectPerson(runtime, actor, {
      userId,
      idempotencyKey: parseIdempotencyKey(idempotencyKey),
    });
    return texts.t("realtime.person.done", { name, connected });
  });
}

/** Checks an idempotency key that a page has made. @throws AppError BAD_REQUEST */
function parseIdempotencyKey(sent: string): string {
  if (!/^[0-9a-f]{32}$/.test(sent)) throw new AppError("BAD_REQUEST");
  return sent;
}
