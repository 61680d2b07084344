"use client";
import type { SendInput } from "@mgs/notifications/contract/schemas";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type Resolver, useForm } from "react-hook-form";
import { focusWrongControl } from "../actions/focus-wrong-control";
import { randomKey } from "../browser/random-key";
import { useFormDraft } from "../drafts/use-form-draft";
import type { FormResult } from "../form-result";
import { useTranslations } from "../intl";
import { handleSessionRefusal } from "../page-session";
import { useShell } from "../shell-context";
import { useCountdown } from "../time/countdown";
import { parseSendDraft, type SendDraft } from "./send-draft";
import { checkSend, fieldOf, type SendField, type SendProblem, type SendValues } from "./send-values";

/** @param authorId the person who has written the text; the action refuses it under another person's session */
export type SendAction = (input: SendInput, idempotencyKey: string, authorId: number) => Promise<FormResult<unknown>>;
type Failure = { message: string; retryAfter?: number };

/** The outcome of the send to one person; `reason` tells why it failed. */
export type SendOutcome = { id: number; name: string; reason?: string };

const FORM = "notifications.send";
const EMPTY: SendValues = { recipients: [], type: "information", titre: "", message: "", url: "" };

/** The state of the send form: it checks by the API's rules, sends once to each recipient, and explains the answers. */
export function useSendForm(action: SendAction) {
  const t = useTranslations("sendForm");
  const validation = useTranslations("validation");
  const [outcomes, setOutcomes] = useState<readonly SendOutcome[]>([]);
  /** Changes with every emptied or restored form, so that its controls are made anew. */
  const [formNumber, setFormNumber] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const keys = useRef(new Map<string, string>());
  const waitSeconds = useCountdown(failure?.retryAfter ?? 0, failure);
  const form = useForm<SendValues>({ defaultValues: EMPTY, resolver, shouldFocusError: false });
  const element = useRef<HTMLFormElement>(null);
  const { submitCount } = form.formState;
  // The library focuses in the order in which fields were made, and not those that it has no input of, such as the recipients.
  useEffect(() => {
    if (submitCount > 0) focusWrongControl(element.current);
  }, [submitCount]);
  const { user } = useShell();
  const draft = useFormDraft<SendDraft>({
    form: FORM,
    parse: parseSendDraft,
    isEmpty: ({ values: { recipients, titre, message, url } }) =>
      recipients.length === 0 && titre + message + url === "",
    restore(stored) {
      // The keys come first: the reset saves the draft again, with its keys.
      keys.current = new Map(stored.keys);
      form.reset(stored.values);
      setFormNumber((number) => number + 1);
    },
  });
  const saveDraft = useEffectEvent((values: SendValues) => draft.save({ values, keys: [...keys.current] }));
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => saveDraft(values) }),
    [form.subscribe],
  );

  /** Returns the idempotency key of a send: the same text to the same person keeps its key, so that a retry sends nothing twice. */
  function keyFor(input: SendInput): string {
    const content = JSON.stringify(input);
    const key = keys.current.get(content) ?? randomKey();
    keys.current.set(content, key);
    return key;
  }

  async function send(values: SendValues) {
    const checked = checkSend(values);
    if (!checked.ok || waitSeconds > 0) return;
    setOutcomes([]);
    setFailure(null);
    const done: SendOutcome[] = [];
    let stopped: Failure | null = null;
    // The keys are saved before they are used: a retry after a crash of the page sends nothing twice.
    for (const { input } of checked.sends) keyFor(input);
    draft.save({ values, keys: [...keys.current] });
    for (const { person, input } of checked.sends) {
      if (stopped) {
        done.push({ id: person.id, name: person.name, reason: stopped.message });
        continue;
      }
      const result = await action(input, keyFor(input), user.id).catch(() => null);
      if (result?.ok) {
        done.push({ id: person.id, name: person.name });
        continue;
      }
      const ended = handleSessionRefusal(result?.code);
      const reason = result?.message ?? t("failed");
      done.push({ id: person.id, name: person.name, reason });
      if (result === null || ended) stopped = { message: reason };
      else if (result.retryAfter !== undefined) stopped = { message: reason, retryAfter: result.retryAfter };
      else if (showFieldErrors(result)) stopped = { message: reason };
    }
    showOutcomes(values, done, stopped);
  }

  /** Shows errors of the content at their fields: they are the same for every recipient. */
  function showFieldErrors({ fieldErrors = [] }: Extract<FormResult, { ok: false }>): boolean {
    for (const { path, message } of fieldErrors) {
      const field = fieldOf(path);
      if (field) form.setError(field, { type: "server", message });
    }
    return fieldErrors.length > 0;
  }

  function showOutcomes(values: SendValues, done: readonly SendOutcome[], stopped: Failure | null) {
    const failed = done.filter(({ reason }) => reason !== undefined);
    setOutcomes(done);
    if (failed.length === 0) {
      keys.current.clear();
      setFormNumber((number) => number + 1);
      form.reset({ ...EMPTY, type: values.type });
      return draft.discard();
    }
    setFailure(stopped ?? { message: failed[0]?.reason ?? t("failed") });
    // The next send goes to the recipients who have not got it yet.
    const remaining = values.recipients.filter(({ id }) => failed.some((one) => one.id === id));
    if (remaining.length < values.recipients.length) form.setValue("recipients", remaining);
  }

  /** Returns the error text of a field: the server's own, or the catalogue's text for a validation code. */
  function messageOf(field: SendField): string | undefined {
    const error: { type?: unknown; message?: string } | undefined = form.formState.errors[field];
    if (!error?.message) return undefined;
    if (error.type === "server") return error.message;
    if (field === "recipients") return t("chooseRecipient");
    return validation(error.message as SendProblem);
  }

  function startOver() {
    keys.current.clear();
    setFormNumber((number) => number + 1);
    form.reset(EMPTY);
    draft.discard();
  }

  return {
    form,
    /** The form on the page. */
    element,
    draft,
    startOver,
    submit: form.handleSubmit(send),
    outcomes,
    formNumber,
    failure,
    waitSeconds,
    messageOf,
  };
}

const resolver: Resolver<SendValues> = (values) => {
  const checked = checkSend(values);
  if (checked.ok) return { values, errors: {} };
  const errors = Object.fromEntries(
    Object.entries(checked.problems).map(([field, message]) => [field, { type: "validation", message }]),
  );
  return { values: {}, errors };
};
