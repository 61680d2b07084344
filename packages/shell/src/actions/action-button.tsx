"use client";
import { useSocketId } from "@mgs/realtime/react";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { type ComponentProps, type ReactNode, startTransition, useRef, useState, useTransition } from "react";
import { randomKey } from "../browser/random-key";
import { useFocusAfterRemoval } from "../browser/use-focus-after-removal";
import { useTranslations } from "../intl";
import { handleSessionRefusal } from "../page-session";
import { showMessage } from "../toasts/show-message";
import { type ActionResult, followRedirect } from "./action-result";

type Appearance = Pick<ComponentProps<typeof Button>, "variant" | "size" | "className">;

type ActionButtonProps = Appearance & {
  /**
   * @param idempotencyKey stays the same until an answer comes, so that a second press after a lost answer does nothing twice
   * @param socketId of this tab, which is not told of its own change
   */
  action: (idempotencyKey: string, socketId: string | undefined) => Promise<ActionResult>;
  /** Screen readers read it instead of the button's own text, where that is too short. */
  label?: string;
  /** The texts of a question before the action. */
  confirm?: { title: string; text: string; submit: string; cancel: string; close: string; danger?: boolean };
  children: ReactNode;
};

/** Runs an action at the press of a button, or after a question, and shows its outcome in a toast. */
export function ActionButton({ action, label, confirm, children, ...appearance }: ActionButtonProps) {
  const shell = useTranslations("shell");
  const socketId = useSocketId();
  const [pending, start] = useTransition();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const pendingKey = useRef<string>(undefined);
  useFocusAfterRemoval();

  function run() {
    start(async () => {
      const key = pendingKey.current ?? randomKey();
      pendingKey.current = key;
      const result = await action(key, socketId()).catch(() => null);
      // In the commit that ends the transition: in between, the button would be shown again and ignore presses.
      startTransition(() => setOpen(false));
      if (result === null) return showMessage(shell("noAnswer"), "danger");
      pendingKey.current = undefined;
      if (followRedirect(result) || handleSessionRefusal(result.code)) return;
      // What the page shows by itself needs no word.
      if (result.message !== "") showMessage(result.message, result.ok ? "info" : "danger");
    });
  }

  return (
    <>
      <Button
        {...appearance}
        ref={button}
        pending={pending && !open}
        {...(label === undefined ? {} : { "aria-label": label })}
        onClick={() => (confirm ? setOpen(true) : run())}
      >
        {children}
      </Button>
      {confirm ? (
        <Dialog
          open={open}
          onClose={() => pending || setOpen(false)}
          title={confirm.title}
          closeLabel={confirm.close}
          returnFocus={() => button.current}
          footer={
            <>
              <Button variant="secondary" onClick={() => pending || setOpen(false)}>
                {confirm.cancel}
              </Button>
              <Button variant={confirm.danger ? "danger" : "primary"} pending={pending} onClick={run}>
                {confirm.submit}
              </Button>
            </>
          }
        >
          <p className="break-words text-muted">{confirm.text}</p>
        </Dialog>
      ) : null}
    </>
  );
}
