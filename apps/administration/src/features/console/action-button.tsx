"use client";
import { randomKey } from "@mgs/shell/browser/random-key";
import { useTranslations } from "@mgs/shell/intl";
import { handleSessionRefusal } from "@mgs/shell/page-session";
import { showMessage } from "@mgs/shell/toasts/show-message";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { type ComponentProps, type ReactNode, useRef, useState, useTransition } from "react";
import type { ActionResult } from "./action-result";

type Looks = Pick<ComponentProps<typeof Button>, "variant" | "size" | "className">;

type ActionButtonProps = Looks & {
  /** @param idempotencyKey the same until an answer comes: pressing again after a lost answer is no second act */
  action: (idempotencyKey: string) => Promise<ActionResult>;
  /** Read out instead of the button's own text, where that alone says too little. */
  label?: string;
  /** Asks first. */
  confirm?: { title: string; text: string; submit: string; cancel: string; close: string; danger?: boolean };
  children: ReactNode;
};

/** Does something at the press of a button, or after a question, and says what became of it. */
export function ActionButton({ action, label, confirm, children, ...looks }: ActionButtonProps) {
  const shell = useTranslations("shell");
  const [pending, start] = useTransition();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const unanswered = useRef<string>(undefined);

  function run() {
    start(async () => {
      const key = unanswered.current ?? randomKey();
      unanswered.current = key;
      const result = await action(key).catch(() => null);
      setOpen(false);
      if (result === null) return showMessage(shell("noAnswer"), "danger");
      unanswered.current = undefined;
      handleSessionRefusal(result.code);
      showMessage(result.message, result.ok ? "news" : "danger");
    });
  }

  /** Back to the button; to the page where what was done has taken it away. */
  const returnFocus = () => (button.current?.isConnected ? button.current : document.getElementById("main"));

  return (
    <>
      <Button
        {...looks}
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
          returnFocus={returnFocus}
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
