"use server";

import { batchJobPath, personPath } from "@mgs/console/links";
import { AppError } from "@mgs/core/errors";
import { cancelBatchJob } from "@mgs/identity/batches/cancel-batch-job";
import { countPeopleBatch } from "@mgs/identity/batches/count-people-batch";
import { showBatchJob } from "@mgs/identity/batches/show-batch-job";
import { startPeopleBatch } from "@mgs/identity/batches/start-people-batch";
import { withdrawConsent } from "@mgs/identity/consents/withdraw-consent";
import { letPersonLeave } from "@mgs/identity/leaving/let-person-leave";
import { changeRole } from "@mgs/identity/people/change-role";
import { editPerson } from "@mgs/identity/people/edit-person";
import { forcePasswordChange } from "@mgs/identity/people/force-password-change";
import { showPerson } from "@mgs/identity/people/list-people";
import { applyPeopleImport } from "@mgs/identity/people-imports/apply-people-import";
import { requireFreshProof } from "@mgs/identity/proofs/require-fresh-proof";
import { listRoleChoices } from "@mgs/identity/roles/list-roles";
import { resetSecondFactor } from "@mgs/identity/second-factor/reset-second-factor";
import { enableUser } from "@mgs/identity/users/disable-user";
import { invitePerson } from "@mgs/identity/users/invite-person";
import { inviteUser } from "@mgs/identity/users/invite-user";
import { endDeviceFor, endOtherDevicesFor, removeDeviceFor } from "@mgs/portal/devices/device-actions";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { refresh } from "next/cache";
import type { ReactNode } from "react";
import { getPollContext } from "../../../../features/console/console-context";
import { runAction } from "../../../../features/console/run-action";
import { BatchJobView } from "../../../../features/people/batch-job-page";
import { holdings } from "../../../../features/people/holdings";
import { askBulk, askOwnRole, nameMissingChoices, reachesOneself } from "../../../../features/people/people-questions";
import type { PeopleSearch } from "../../../../features/people/people-search";
import { portal } from "../../../../portal";

// The use cases check what these get: an action can be called with anything.

export async function invite(values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor }) => {
    const { id } = await inviteUser(runtime, actor, values as Parameters<typeof inviteUser>[2]);
    return { redirect: personPath(id) };
  });
}

/** Saves an edit over the version that it began with; a conflict shows the values that somebody else has saved. */
export async function edit(userId: number, values: FormValues): Promise<ActionResult> {
  let current: { name: string; email: string } | null = null;
  let sentence: ((text: string) => string) | null = null;
  const result = await runAction(async ({ runtime, actor, texts }) => {
    sentence = (value) => texts.t("people.form.currentValue", { value });
    const input = { ...values, userId: parseId(userId) } as Parameters<typeof editPerson>[2];
    try {
      const { changed } = await editPerson(runtime, actor, input);
      return texts.t(changed ? "people.form.saved" : "people.form.unchanged");
    } catch (error) {
      if (error instanceof AppError && error.code === "EDIT_CONFLICT") {
        current = await showPerson(runtime, actor, parseId(userId));
        // The form keeps what was typed, and goes on from the version that is stored now.
        refresh();
      }
      throw error;
    }
  });
  return withCurrentValues(result, current, sentence);
}

function withCurrentValues(
  result: ActionResult,
  current: { name: string; email: string } | null,
  sentence: ((text: string) => string) | null,
): ActionResult {
  if (!current || !sentence || !result.fieldErrors) return result;
  const say = sentence;
  const stored: Record<string, string> = { ...current };
  const fieldErrors = result.fieldErrors.map(({ path, message }) => ({
    path,
    message: stored[path] === undefined ? message : `${message} ${say(stored[path])}`,
  }));
  return { ...result, fieldErrors };
}

export async function giveRole(userId: number, values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const input = { userId: parseId(userId), role: textOf(values, "role") };
    const question = askOwnRole(texts, actor, input, await listRoleChoices(runtime, actor));
    if (question && question.key !== values.confirmed) {
      // Asked for first, or the question would be asked again after it.
      await requireFreshProof(runtime, actor);
      return { question };
    }
    await changeRole(runtime, actor, input);
    return texts.t("people.person.roleGiven");
  });
}

export async function sendLink(userId: number): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await invitePerson(runtime, actor, { userId: parseId(userId) });
    return texts.t("people.person.linkSent");
  });
}

export async function force(userId: number): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await forcePasswordChange(runtime, actor, { userId: parseId(userId) });
    return texts.t("people.person.forced");
  });
}

export async function resetFactor(userId: number): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await resetSecondFactor({ ...runtime, codeLimiter: portal.signIn().codeLimiter }, actor, {
      userId: parseId(userId),
    });
    return texts.t("people.person.factorReset");
  });
}

/** Takes back the access that a person has given an application. */
export async function withdrawFor(userId: number, clientId: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const input = { userId: parseId(userId), clientId: typeof clientId === "string" ? clientId : "" };
    const { client_name: client } = await withdrawConsent(runtime, actor, input);
    return texts.t("people.consents.withdrawn", { client });
  });
}

export async function enable(userId: number): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await enableUser(runtime, actor, { userId: parseId(userId) });
    return texts.t("people.person.enabled");
  });
}

/** Disables a person, and hands what they hold to a colleague. */
export async function leave(userId: number, to: number | null): Promise<ActionResult> {
  return runAction(async ({ runtime, actor }) => {
    const input = { userId: parseId(userId), to: to === null ? null : parseId(to) };
    const { jobId } = await letPersonLeave({ ...runtime, holdings: holdings() }, actor, input);
    return { redirect: jobId === null ? personPath(input.userId) : batchJobPath(jobId) };
  });
}

/**
 * Starts an act on those who are chosen, or on all whom the list's filter finds. Before one on all, and before one that takes the
 * account or the role of whoever asks, the people are counted, and the form asks.
 */
export async function bulk(filter: PeopleSearch, values: FormValues): Promise<ActionResult> {
  let explain = (result: ActionResult) => result;
  const result = await runAction(async ({ runtime, actor, texts }) => {
    explain = (refused) => nameMissingChoices(texts, values, refused);
    const { act, role, whose, ids } = values;
    const { search, role: ofRole, state, factor, lock } = filter ?? {};
    const found = Object.entries({ search, role: ofRole, state, factor, lock }).filter(
      ([, value]) => value !== undefined,
    );
    const input = {
      act,
      ...(hasText(role) ? { role } : {}),
      whose:
        whose === "all" ? { filter: Object.fromEntries(found) } : { ids: (Array.isArray(ids) ? ids : []).map(Number) },
    };
    const batch = input as Parameters<typeof startPeopleBatch>[2];
    if (whose === "all" || reachesOneself(actor, batch)) {
      const total = await countPeopleBatch(runtime, actor, batch);
      const question = askBulk(texts, actor, batch, total, await listRoleChoices(runtime, actor));
      if (question.key !== values.confirmed) return { question };
    }
    const { jobId } = await startPeopleBatch(runtime, actor, batch);
    return { redirect: batchJobPath(jobId) };
  });
  return explain(result);
}

/** Imports a checked file; a second press leads to the job of the first. */
export async function applyImport(importId: string, values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor }) => {
    const input = { importId: String(importId), invites: values.invites === "yes" };
    const { jobId } = await applyPeopleImport(runtime, actor, input);
    return { redirect: batchJobPath(jobId) };
  });
}

/** Stops a job after the batch under way. */
export async function cancelJob(id: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const { cancelled } = await cancelBatchJob(runtime, actor, String(id));
    return texts.t(cancelled ? "people.job.cancelling" : "people.job.finished");
  });
}

/** Renders how far a job is; its page calls it every few seconds. */
export async function readJob(id: string): Promise<ReactNode> {
  const context = await getPollContext();
  if (!context) return null;
  const job = await showBatchJob(context.runtime, context.actor, String(id));
  return <BatchJobView texts={context.texts} job={job} cancel={cancelJob.bind(null, job.id)} />;
}

function hasText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** @throws AppError USER_NOT_FOUND for what is no id */
function parseId(id: unknown): number {
  if (typeof id !== "number" || !Number.isInteger(id)) throw new AppError("USER_NOT_FOUND");
  return id;
}

export async function endDevice(userSessionId: string): Promise<ActionResult> {
  return portal.runAction((context) => endDeviceFor(portal.runtime(), context, userSessionId));
}

export async function removeDevice(userSessionId: string): Promise<ActionResult> {
  return portal.runAction((context) => removeDeviceFor(portal.runtime(), context, userSessionId));
}

/** Ends every sign-in of a person. */
export async function endDevices(userId: number): Promise<ActionResult> {
  return portal.runAction((context) => endOtherDevicesFor(portal.runtime(), context, Number(userId)));
}
