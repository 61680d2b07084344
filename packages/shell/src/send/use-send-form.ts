"use client";
import type { SendInput } from "@mgs/notifications/contract/schemas";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type Resolver, useForm } from "react-hook-form";
import { randomKey } from "../browser/random-key";
import { useKeptDraft } from "../drafts/use-kept-draft";
import type { FormResult } from "../form-result";
import { useTranslations } from "../intl";
import { endsSession } from "../leave";
import { useShell } from "../shell-context";
import { useCountdown } from "../time/countdown";
import { parseSendDraft, type SendDraft } from "./send-draft";
import { checkSend, fieldOf, type SendField, type SendProblem, type SendValues } from "./send-values";

/** @param authorId who wrote it: the action refuses when somebody else is signed in by now */
export type SendAction = (input: SendInput, idempotencyKey: string, authorId: number) => Promise<FormResult<unknown>>;
type Failure = { message: string; retryAfter?: number };

/** What became of the send to one person; without a reason it went well. */
export type SendOutcome = { id: number; name: string; reason?: string };

const FORM = "notifications.send";
const EMPTY: SendValues = { recipients: [], type: "information", titre: "", message: "", url: "" };

/** State of the send form: checks with the API's schema, sends once to each, explains what came back. */
export function useSendForm(action: SendAction) {
  const t = useTranslations("sendForm");
  const validation = useTranslations("validation");
  const [outcomes, setOutcomes] = useState<readonly SendOutcome[]>([]);
  /** Counts the forms sent: each begins with fresh controls. */
  const [round, setRound] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const keys = useRef(new Map<string, string>());
  const wait = useCountdown(failure?.retryAfter ?? 0, failure);
  const form = useForm<SendValues>({ defaultValues: EMPTY, resolver });
  const { user } = useShell();
  const draft = useKeptDraft<SendDraft>({
    form: FORM,
    parse: parseSendDraft,
    isEmpty: ({ values: { recipients, titre, message, url } }) =>
      recipients.length === 0 && titre + message + url === "",
    restore(kept) {
      // The keys first: what the reset writes is kept again, with them.
      keys.current = new Map(kept.keys);
      form.reset(kept.values);
      setRound((sent) => sent + 1);
    },
  });
  const keep = useEffectEvent((values: SendValues) => draft.keep({ values, keys: [...keys.current] }));
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) }),
    [form.subscribe],
  );

  /** Trying the same text again must not send it twice; another text, or another person, is another notification. */
  function keyFor(input: SendInput): string {
    const content = JSON.stringify(input);
    const key = keys.current.get(content) ?? randomKey();
    keys.current.set(content, key);
    return key;
  }

  async function send(values: SendValues) {
    const checked = checkSend(values);
    if (!checked.ok || wait > 0) return;
    setOutcomes([]);
    setFailure(null);
    const done: SendOutcome[] = [];
    let stopped: Failure | null = null;
    // The keys are kept before they are used: a page that crashes on the way sends nothing twice.
    for (const { input } of checked.sends) keyFor(input);
    draft.keep({ values, keys: [...keys.current] });
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
      const ended = endsSession(result?.code);
      const reason = result?.message ?? t("failed");
      done.push({ id: person.id, name: person.name, reason });
      if (result === null || ended) stopped = { message: reason };
      else if (result.retryAfter !== undefined) stopped = { message: reason, retryAfter: result.retryAfter };
      else if (showFieldErrors(result)) stopped = { message: reason };
    }
    settle(values, done, stopped);
  }

  /** Wrong content is wrong for everybody: said at its field. */
  function showFieldErrors({ fieldErrors = [] }: Extract<FormResult, { ok: false }>): boolean {
    for (const { path, message } of fieldErrors) {
      const field = fieldOf(path);
      if (field) form.setError(field, { type: "server", message });
    }
    return fieldErrors.length > 0;
  }

  function settle(values: SendValues, done: readonly SendOutcome[], stopped: Failure | null) {
    const failed = done.filter(({ reason }) => reason !== undefined);
    setOutcomes(done);
    if (failed.length === 0) {
      keys.current.clear();
      setRound((sent) => sent + 1);
      form.reset({ ...EMPTY, type: values.type });
      return draft.discard();
    }
    setFailure(stopped ?? { message: failed[0]?.reason ?? t("failed") });
    // Who has it is done with: the next press is for the others.
    const left = values.recipients.filter(({ id }) => failed.some((one) => one.id === id));
    if (left.length < values.recipients.length) form.setValue("recipients", left);
  }

  /** The catalogue's text for what is wrong with a field; the server's own text where it was the one to refuse. */
  function messageOf(field: SendField): string | undefined {
    const error: { type?: unknown; message?: string } | undefined = form.formState.errors[field];
    if (!error?.message) return undefined;
    if (error.type === "server") return error.message;
    if (field === "recipients") return t("chooseRecipient");
    return validation(error.message as SendProblem);
  }

  function startOver() {
    keys.current.clear();
    setRound((sent) => sent + 1);
    form.reset(EMPTY);
    draft.discard();
  }

  return { form, draft, startOver, submit: form.handleSubmit(send), outcomes, round, failure, wait, messageOf };
}

const resolver: Resolver<SendValues> = (values) => {
  const checked = checkSend(values);
  if (checked.ok) return { values, errors: {} };
  const errors = Object.fromEntries(
    Object.entries(checked.problems).map(([field, message]) => [field, { type: "validation", message }]),
  );
  return { values: {}, errors };
};
