"use client";
import { conversationApiPath } from "@mgs/messaging/contract/links";
import { callApi, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { showMessage } from "../toasts/show-message";
import { MomentDialog } from "./moment-dialog";
import type { NewMessage } from "./new-message";
import { useWhen } from "./use-when";

type ScheduleDialogProps = {
  conversationId: number;
  message: NewMessage;
  onScheduled: () => void;
  onClose: () => void;
};

/** Lets a message be sent later. */
export function ScheduleDialog({ conversationId, message, onScheduled, onClose }: ScheduleDialogProps) {
  const t = useTranslations("messages");
  const when = useWhen();
  async function schedule(at: Date) {
    try {
      const body = { ...message, send_at: at.toISOString() };
      await callApi(conversationApiPath(conversationId, "scheduled"), { method: "POST", body });
      showMessage(t("later.scheduled", { time: when(at) }));
      onScheduled();
    } catch (error) {
      showMessage(error instanceof Refusal ? error.message : t("loadFailed"), "danger");
    }
  }
  return (
    <MomentDialog title={t("later.schedule")} submit={t("later.schedule")} onChoose={schedule} onClose={onClose} />
  );
}
