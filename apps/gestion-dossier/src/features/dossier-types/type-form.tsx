"use client";
import type { ActionFormProps } from "@mgs/shell/actions/action-form";
import { ConfirmedActionForm } from "@mgs/shell/actions/confirmed-action-form";
import { useState } from "react";

type TypeFormProps = ActionFormProps & {
  /** What the form's controls are drawn with, as a text: a save writes what was typed over it. */
  drawnWith: string;
};

/**
 * The form of a type. When its page comes with other values, as after an act on a page that a colleague's change has made old, it is drawn
 * anew. What somebody works on stays, with the values that they began with: the save merges the two.
 */
export function TypeForm({ drawnWith, action, ...form }: TypeFormProps) {
  const [isTouched, setTouched] = useState(false);
  const [drawn, setDrawn] = useState({ drawnWith, action });
  if (!isTouched && drawn.drawnWith !== drawnWith) setDrawn({ drawnWith, action });
  const touch = () => setTouched(true);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears of what is done to the controls inside, rows added and moved too
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons inside are clicked by keys as well
    <div onInput={touch} onClick={touch}>
      <ConfirmedActionForm
        {...form}
        key={drawn.drawnWith}
        action={drawn.action}
        // A question has no message: nothing is saved yet.
        onDone={({ message }) => setTouched(message === "")}
      />
    </div>
  );
}
