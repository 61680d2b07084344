"use client";
import { conversationApiPath } from "@mgs/messaging/contract/links";
import { messagesPath } from "@mgs/messaging/links";
import { useSocketId } from "@mgs/realtime/react";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";
import { showMessage } from "../toasts/show-message";
import { tellOwnChange } from "./conversation-news";

/** Asks before somebody leaves a conversation. */
export function LeaveDialog({ conversationId, onClose }: { conversationId: number; onClose: () => void }) {
  const t = useTranslations("messages");
  const { user } = useShell();
  const router = useRouter();
  const socketId = useSocketId();
  const [pending, setPending] = useState(false);
  async function leave() {
    setPending(true);
    try {
      const path = conversationApiPath(conversationId, `people/${user.id}`);
      await callApi(path, { method: "DELETE", socketId: socketId() });
      tellOwnChange();
      router.push(messagesPath());
    } catch (error) {
      setPending(false);
      showMessage(error instanceof Refusal ? error.message : t("changeFailed"), "danger");
    }
  }
  return (
    <Dialog open onClose={onClose} title={t("leaveTitle")} closeLabel={t("close")}>
      <div className="grid gap-4">
        <p className="text-sm">{t("leaveText")}</p>
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="danger" pending={pending} onClick={() => void leave()}>
            {t("leave")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
