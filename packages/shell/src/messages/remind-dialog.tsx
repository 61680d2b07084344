"use client";
import { messageApiPath } from "@mgs/messaging/contract/links";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { callApi } from "../api/call-api";
import { useTranslations } from "../intl";
import { showMessage } from "../toasts/show-message";
import type { MessageActs } from "./message-acts";
import { MomentDialog } from "./moment-dialog";
import { useWhen } from "./use-when";

/** Lets somebody be reminded of a message. */
export function RemindDialog({
  message,
  acts,
  onClose,
}: {
  message: MessageDto;
  acts: MessageActs;
  onClose: () => void;
}) {
  const t = useTranslations("messages");
  const when = useWhen();
  async function remind(at: Date) {
    const path = messageApiPath(message.conversation_id, message.id, "reminder");
    const body = { remind_at: at.toISOString() };
    const isNoted = await acts.attempt(async () => void (await callApi(path, { method: "PUT", body })));
    if (!isNoted) return;
    showMessage(t("reminded", { time: when(at) }));
    onClose();
  }
  return <MomentDialog title={t("remind")} submit={t("remind")} onChoose={remind} onClose={onClose} />;
}
