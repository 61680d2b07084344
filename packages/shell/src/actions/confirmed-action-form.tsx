"use client";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { useRef, useState } from "react";
import { ActionForm, type ActionFormProps } from "./action-form";
import type { ActionQuestion } from "./action-result";

/** Nothing was done, and nothing was refused: the form stays as it is, without a word. */
const NOTHING_YET = { ok: true, message: "" };

/**
 * An `ActionForm` whose action may answer with a question instead of acting. The form asks it in a dialog, and posts once more with
 * `confirmed`, the question's key, when the visitor agrees: what the question says is what the server is about to do.
 */
export function ConfirmedActionForm({ action, ...form }: ActionFormProps) {
  const [asked, setAsked] = useState<ActionQuestion | null>(null);
  const confirmed = useRef<string>(undefined);
  const frame = useRef<HTMLDivElement>(null);

  function agree() {
    confirmed.current = asked?.key;
    setAsked(null);
    frame.current?.querySelector("form")?.requestSubmit();
  }

  return (
    <div ref={frame}>
      <ActionForm
        {...form}
        action={async (values, ...call) => {
          const agreed = confirmed.current;
          confirmed.current = undefined;
          const result = await action(agreed === undefined ? values : { ...values, confirmed: agreed }, ...call);
          if (!result.question) return result;
          setAsked(result.question);
          return NOTHING_YET;
        }}
      />
      <Dialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={asked?.title ?? ""}
        closeLabel={asked?.close ?? ""}
        footer={
          <>
            <Button variant="secondary" onClick={() => setAsked(null)}>
              {asked?.cancel}
            </Button>
            <Button variant="danger" onClick={agree}>
              {asked?.submit}
            </Button>
          </>
        }
      >
        <p className="break-words text-muted">{asked?.text}</p>
      </Dialog>
    </div>
  );
}
