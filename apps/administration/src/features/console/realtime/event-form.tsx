"use client";
import { object, type ShapeOf, string } from "@mgs/core/shape";
import { randomKey } from "@mgs/shell/browser/random-key";
import { DraftNote } from "@mgs/shell/drafts/draft-note";
import { useFormDraft } from "@mgs/shell/drafts/use-form-draft";
import type { FormResult } from "@mgs/shell/form-result";
import { ScriptedFields } from "@mgs/shell/hydrated";
import { handleSessionRefusal } from "@mgs/shell/page-session";
import { useShell } from "@mgs/shell/shell-context";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Textarea } from "@mgs/ui/textarea";
import { Send } from "lucide-react";
import { type FormEvent, useRef, useState, useTransition } from "react";

const NAMES = ["channel", "event", "data"] as const;
const eventValues = object({ channel: string, event: string, data: string });

export type EventValues = ShapeOf<typeof eventValues>;

/** @param authorId the person who has written the event; the action refuses it under another person's session */
export type SendEvent = (values: EventValues, idempotencyKey: string, authorId: number) => Promise<FormResult<string>>;

/** The draft of the form: its values, and the idempotency key of a send without an answer. */
const eventDraft = object({ values: eventValues, unanswered: string });
type EventDraft = ShapeOf<typeof eventDraft>;

type EventFormProps = {
  /** The server action; its result tells the outcome. */
  send: SendEvent;
  initial: EventValues;
  texts: { channel: string; name: string; data: string; dataHint: string; submit: string; failed: string };
};

/** Publishes an event; the values stay in the form, so that it can be sent again. */
export function EventForm({ send, initial, texts }: EventFormProps) {
  const [result, setResult] = useState<FormResult<string> | null>(null);
  const [pending, start] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const { user } = useShell();
  const unanswered = useRef("");
  const draft = useFormDraft<EventDraft>({
    form: `console.event:${initial.channel}`,
    parse: (stored) => (eventDraft(stored) ? stored : null),
    isEmpty: ({ values, unanswered }) => unanswered === "" && NAMES.every((name) => values[name] === initial[name]),
    restore(stored) {
      write(stored.values);
      unanswered.current = stored.unanswered;
    },
  });

  function read(): EventValues {
    const fields = new FormData(form.current ?? undefined);
    const text = (name: keyof EventValues) => String(fields.get(name) ?? "");
    return { channel: text("channel"), event: text("event"), data: text("data") };
  }

  function write(values: EventValues) {
    for (const name of NAMES) {
      const control = form.current?.elements.namedItem(name);
      if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.value = values[name];
    }
  }

  /** Sends an event once: the draft stores the key before it is used, and a retry after a lost answer uses the same key. */
  async function sendOnce(values: EventValues): Promise<FormResult<string>> {
    unanswered.current ||= randomKey();
    draft.save({ values, unanswered: unanswered.current });
    try {
      const answer = await send(values, unanswered.current, user.id);
      unanswered.current = "";
      if (!answer.ok) draft.save({ values: read(), unanswered: "" });
      return answer;
    } catch {
      return { ok: false, code: "UNAVAILABLE", message: texts.failed };
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const values = read();
    setResult(null);
    start(async () => {
      const answer = await sendOnce(values);
      setResult(answer);
      if (answer.ok) draft.discard();
      else handleSessionRefusal(answer.code);
      const wrong = answer.ok ? undefined : answer.fieldErrors?.[0]?.path;
      const control = wrong === undefined ? null : form.current?.elements.namedItem(wrong);
      if (control instanceof HTMLElement) control.focus();
    });
  }

  const saveDraft = () => draft.save({ values: read(), unanswered: unanswered.current });
  const errors = result?.ok === false ? (result.fieldErrors ?? []) : [];
  const errorOf = (name: keyof EventValues) => errors.find(({ path }) => path === name)?.message;
  const code = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
  return (
    <form ref={form} noValidate onSubmit={submit} onInput={saveDraft}>
      <DraftNote
        restored={draft.restored}
        onDiscard={() => {
          write(initial);
          unanswered.current = "";
          draft.discard();
        }}
      />
      <ScriptedFields ready={draft.ready} className="grid gap-4">
        <Field label={texts.channel} error={errorOf("channel")}>
          {(aria) => <Input {...aria} {...code} name="channel" defaultValue={initial.channel} className="font-mono" />}
        </Field>
        <Field label={texts.name} error={errorOf("event")}>
          {(aria) => <Input {...aria} {...code} name="event" defaultValue={initial.event} className="font-mono" />}
        </Field>
        <Field label={texts.data} error={errorOf("data")} description={texts.dataHint}>
          {(aria) => <Textarea {...aria} {...code} name="data" defaultValue={initial.data} className="font-mono" />}
        </Field>
        {result?.ok ? <Alert tone="success">{result.data}</Alert> : null}
        {result?.ok === false && errors.length === 0 ? <Alert tone="danger">{result.message}</Alert> : null}
        <Button type="submit" pending={pending}>
          <Send aria-hidden />
          {texts.submit}
        </Button>
      </ScriptedFields>
    </form>
  );
}
