"use client";
import { useSocketId } from "@mgs/realtime/react";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import { randomKey } from "../browser/random-key";
import { useTranslations } from "../intl";
import { handleSessionRefusal, setDirty } from "../page-session";
import { useCountdown } from "../time/countdown";
import { type ActionResult, followRedirect } from "./action-result";
import { focusWrongControl } from "./focus-wrong-control";
import { type FormValues, readFormValues } from "./form-values";

/**
 * @param idempotencyKey stays the same until an answer comes, so that a retry after a lost answer does nothing twice
 * @param socketId of this tab, which is not told of its own change
 */
export type FormAction = (
  values: FormValues,
  idempotencyKey: string,
  socketId: string | undefined,
) => Promise<ActionResult>;

type Options = {
  action: FormAction;
  /** Whether the fields go back to their first values after a success. */
  resets: boolean;
  onDone?: ((result: ActionResult) => void) | undefined;
};

/** The state of a form that posts to a server action: it posts once at a time, and explains refusals and lost answers. */
export function useActionForm({ action, resets, onDone }: Options) {
  const t = useTranslations("shell");
  const socketId = useSocketId();
  const [pending, start] = useTransition();
  const [failure, setFailure] = useState<ActionResult | null>(null);
  const [done, setDone] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const formKey = useRef({}).current;
  const pendingKey = useRef<string>(undefined);
  const isLeaving = useRef(false);
  const waitSeconds = useCountdown(failure?.retryAfter ?? 0, failure);

  useEffect(() => () => setDirty(formKey, false), [formKey]);
  // After the refusal is drawn, which marks the wrong controls.
  useEffect(() => {
    const names = failure?.fieldErrors?.map(({ path }) => path.split(".")[0] ?? "");
    if (names?.length) focusWrongControl(form.current, names);
  }, [failure]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending || isLeaving.current || waitSeconds > 0) return;
    const values = readFormValues(event.currentTarget);
    setFailure(null);
    setDone("");
    start(async () => {
      const key = pendingKey.current ?? randomKey();
      pendingKey.current = key;
      const result = await action(values, key, socketId()).catch(() => null);
      if (result === null) return setFailure({ ok: false, message: t("noAnswer") });
      pendingKey.current = undefined;
      if (!result.ok) return refuse(result);
      setDirty(formKey, false);
      onDone?.(result);
      // The form stays as it is while the browser leaves.
      isLeaving.current = followRedirect(result);
      if (isLeaving.current) return;
      if (resets) form.current?.reset();
      setDone(result.message);
    });
  }

  function refuse(result: ActionResult) {
    if (result.code === "PROOF_REQUIRED") {
      setDirty(formKey, false);
      isLeaving.current = true;
    }
    handleSessionRefusal(result.code);
    setFailure(result);
  }

  return {
    form,
    submit,
    pending,
    failure,
    /** The text of the last success; empty without one. */
    done,
    waitSeconds,
    markDirty: () => setDirty(formKey, true),
  };
}
