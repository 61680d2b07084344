"use client";
import { array } from "@mgs/core/shape";
import {
  type MessageReminderDto,
  messageReminder,
  type ScheduledMessage,
  scheduledMessage,
} from "@mgs/messaging/contract/later";
import { messageApiPath, remindersApiPath, scheduledApiPath } from "@mgs/messaging/contract/links";
import { conversationPath, messagePath } from "@mgs/messaging/links";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { Skeleton } from "@mgs/ui/skeleton";
import { Tooltip } from "@mgs/ui/tooltip";
import { Clock } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useState } from "react";
import { callApi, checkShape, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { showMessage } from "../toasts/show-message";
import { useWhen } from "./use-when";

type Later = { scheduled: readonly ScheduledMessage[]; reminders: readonly MessageReminderDto[] };

/** What somebody has put off: messages that are to be sent, and those that they want to be reminded of. */
export function LaterButton() {
  const t = useTranslations("messages.later");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Tooltip text={t("title")}>
        <Button variant="ghost" size="icon" aria-label={t("title")} onClick={() => setOpen(true)}>
          <Clock aria-hidden />
        </Button>
      </Tooltip>
      {open ? <LaterDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function LaterDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("messages.later");
  const words = useTranslations("messages");
  const when = useWhen();
  const [later, setLater] = useState<Later | "failed" | null>(null);

  async function read() {
    try {
      const [scheduled, reminders] = await Promise.all([callApi(scheduledApiPath()), callApi(remindersApiPath())]);
      setLater({
        scheduled: checkShape(array(scheduledMessage), scheduled),
        reminders: checkShape(array(messageReminder), reminders),
      });
    } catch {
      setLater("failed");
    }
  }
  useEffect(() => void read(), []);

  async function remove(call: () => Promise<unknown>, done?: string) {
    try {
      await call();
      if (done !== undefined) showMessage(done);
    } catch (error) {
      // One that was sent meanwhile is there no more: what is left is read anew.
      showMessage(error instanceof Refusal ? error.message : words("changeFailed"), "danger");
    }
    await read();
  }
  if (later === null || later === "failed")
    return (
      <Dialog open onClose={onClose} title={t("title")} closeLabel={words("close")}>
        {later === null ? (
          <Skeleton className="h-24 w-full" />
        ) : (
          <div className="grid justify-items-start gap-2">
            <p role="alert" className="text-danger-ink text-sm">
              {words("loadFailed")}
            </p>
            <Button variant="secondary" size="sm" onClick={() => void read()}>
              {words("retry")}
            </Button>
          </div>
        )}
      </Dialog>
    );
  return (
    <Dialog open onClose={onClose} title={t("title")} closeLabel={words("close")}>
      <div className="grid gap-6">
        <Part title={t("list")} none={t("none")}>
          {later.scheduled.map(({ id, conversation_id, content, send_at, refusal }) => (
            <Row
              key={id}
              href={conversationPath(conversation_id)}
              onOpen={onClose}
              text={content}
              note={refusal === null ? when(new Date(send_at)) : t("refused", { message: refusal })}
              isProblem={refusal !== null}
              act={t("cancel")}
              onAct={() => void remove(() => callApi(scheduledApiPath(id), { method: "DELETE" }), t("cancelled"))}
            />
          ))}
        </Part>
        <Part title={t("reminders")} none={t("noReminders")}>
          {later.reminders.map(({ message_id, conversation_id, name, excerpt, remind_at }) => (
            <Row
              key={message_id}
              href={messagePath(conversation_id, message_id)}
              onOpen={onClose}
              text={words("lastLine", { name, text: excerpt })}
              note={when(new Date(remind_at))}
              act={t("removeReminder")}
              onAct={() =>
                void remove(() =>
                  callApi(messageApiPath(conversation_id, message_id, "reminder"), {
                    ...{ method: "PUT", body: { remind_at: null } },
                  }),
                )
              }
            />
          ))}
        </Part>
      </div>
    </Dialog>
  );
}

function Part({ title, none, children }: { title: string; none: string; children: readonly ReactNode[] }) {
  return (
    <section className="grid gap-2">
      <h3 className="font-medium text-sm">{title}</h3>
      {children.length === 0 ? (
        <p className="text-muted text-sm">{none}</p>
      ) : (
        <ul className="divide-y divide-line">{children}</ul>
      )}
    </section>
  );
}

type RowProps = {
  href: string;
  onOpen: () => void;
  text: string;
  note: string;
  isProblem?: boolean;
  act: string;
  onAct: () => void;
};

function Row({ href, onOpen, text, note, isProblem = false, act, onAct }: RowProps) {
  return (
    <li className="flex items-center gap-3 py-2 text-sm">
      <Link href={href} onClick={onOpen} className="grid min-w-0 flex-1 gap-0.5 hover:underline">
        <span className="wrap-anywhere line-clamp-2">{text}</span>
        <span className={isProblem ? "text-danger-ink text-xs" : "text-muted text-xs"}>{note}</span>
      </Link>
      <Button variant="ghost" size="sm" onClick={onAct}>
        {act}
      </Button>
    </li>
  );
}
