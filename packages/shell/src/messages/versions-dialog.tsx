"use client";
import { array, number, object, string } from "@mgs/core/shape";
import { messageApiPath } from "@mgs/messaging/contract/links";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { Dialog } from "@mgs/ui/dialog";
import { Skeleton } from "@mgs/ui/skeleton";
import { useEffect, useState } from "react";
import { callApi, checkShape } from "../api/call-api";
import { useTranslations } from "../intl";
import { RelativeTime } from "../time/relative";
import { MarkdownText } from "../writing/markdown-text";

const versionsShape = array(object({ version: number, content: string, replaced_at: string }));
type Version = { version: number; content: string; replaced_at: string };

/** What a message said before, for administrators; that they have read it is in the trail. */
export function VersionsDialog({ message, onClose }: { message: MessageDto; onClose: () => void }) {
  const t = useTranslations("messages");
  const [versions, setVersions] = useState<readonly Version[] | "failed" | null>(null);
  useEffect(() => {
    const path = messageApiPath(message.conversation_id, message.id, "versions");
    callApi(path).then(
      (data) => setVersions(checkShape(versionsShape, data)),
      () => setVersions("failed"),
    );
  }, [message.conversation_id, message.id]);
  return (
    <Dialog open onClose={onClose} title={t("versions")} closeLabel={t("cancel")}>
      {versions === null ? (
        <Skeleton className="h-16 w-full" />
      ) : versions === "failed" ? (
        <p role="alert" className="text-danger-ink text-sm">
          {t("loadFailed")}
        </p>
      ) : (
        <ol className="grid gap-4">
          {versions.map(({ version, content, replaced_at }) => (
            <li key={version} className="grid gap-1 border-line border-s-4 ps-3">
              <MarkdownText content={content} names={[]} />
              <RelativeTime iso={replaced_at} className="text-muted text-xs" />
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
