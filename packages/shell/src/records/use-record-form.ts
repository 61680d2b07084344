"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import type { ActionResult } from "../actions/action-result";
import { focusWrongControl } from "../actions/focus-wrong-control";
import { useTranslations } from "../intl";
import { handleSessionRefusal } from "../page-session";
import { useRecordRoom } from "./record-room";
import { useMergedFields } from "./use-merged-fields";

type Options = Parameters<typeof useMergedFields>[0] & {
  /** Writes what was typed. The version that it names is the one that the page shows. */
  save: (typed: Readonly<Record<string, unknown>>) => Promise<ActionResult>;
};

/**
 * The form of a record: its fields with colleagues' changes, the save, and what others are told of it. It saves once at a time. A save that
 * meets a newer change of a field that was typed in is refused; the page then shows both values.
 */
export function useRecordForm({ save, ...options }: Options) {
  const t = useTranslations("records");
  const shell = useTranslations("shell");
  const { setEditing } = useRecordRoom();
  const fields = useMergedFields(options);
  const router = useRouter();
  const [pending, start] = useTransition();
  const [refusal, setRefusal] = useState<ActionResult | null>(null);
  const [done, setDone] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const { isDirty, conflicts } = fields;

  useEffect(() => setEditing(isDirty), [isDirty, setEditing]);
  useEffect(() => {
    const names = refusal?.fieldErrors?.map(({ path }) => path) ?? [];
    if (names.length > 0) focusWrongControl(form.current, names);
  }, [refusal]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (pending || !isDirty) return;
    setDone("");
    const inConflict: ActionResult = { ok: false, message: t("chooseFirst"), code: "EDIT_CONFLICT" };
    setRefusal(conflicts.length > 0 ? inConflict : null);
    if (conflicts.length > 0) return;
    const sent = fields.typed;
    start(async () => {
      const result = await save(sent).catch(() => null);
      if (result === null) return setRefusal({ ok: false, message: shell("noAnswer") });
      if (result.ok) {
        fields.saved(sent);
        return setDone(result.message);
      }
      handleSessionRefusal(result.code);
      // The refusal's fields are those in conflict; the page shows both values as soon as it is drawn anew, also where no event has told it to.
      if (result.code === "EDIT_CONFLICT") router.refresh();
      setRefusal(
        result.code === "EDIT_CONFLICT" ? { ok: false, message: t("chooseFirst"), code: result.code } : result,
      );
    });
  }

  const isConflict = refusal?.code === "EDIT_CONFLICT";
  const atFields = (refusal?.fieldErrors?.length ?? 0) > 0;
  return {
    fields,
    form,
    submit,
    pending,
    /** What stands above the button; a conflict that is resolved has nothing to say any more. */
    failure: refusal && !atFields && (!isConflict || conflicts.length > 0 || !pending) ? refusal.message : "",
    done,
    errorOf: (name: string) => refusal?.fieldErrors?.find(({ path }) => path === name)?.message,
  };
}
