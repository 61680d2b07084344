"use client";
import { MAX_MESSAGE_CHARACTERS, type MessageDto } from "@mgs/messaging/contract/message";
import { Button } from "@mgs/ui/button";
import { plainText } from "@mgs/writing/contract/plain-text";
import { Clock, X } from "lucide-react";
import { type RefObject, useMemo, useState } from "react";
import { randomUuid } from "../browser/random-uuid";
import { OtherDraft } from "../comments/comment-fields";
import { useTranslations } from "../intl";
import { Composer, type Written } from "../writing/composer";
import { useTextDraft } from "../writing/use-text-draft";
import { AttachFiles, AttachmentTray } from "./attachment-tray";
import type { NewMessage } from "./new-message";
import { ScheduleDialog } from "./schedule-dialog";
import { useAttachments } from "./use-attachments";
import { placeOfWriting } from "./writing-place";

type MessageComposerProps = {
  conversationId: number;
  /** The conversation as its reader names it. */
  title: string;
  /** The message that is answered; null: none. */
  replyTo: MessageDto | null;
  onCancelReply: () => void;
  /** Puts the message among those that are sent. @returns false when this browser could not keep it */
  onSend: (message: NewMessage) => Promise<boolean>;
  onTyping: () => void;
  frame: RefObject<HTMLDivElement | null>;
};

/** The field in which a message is written, with its files, and the way to send it later. */
export function MessageComposer(props: MessageComposerProps) {
  const { conversationId, title, replyTo, onCancelReply, onSend, onTyping } = props;
  const t = useTranslations("messages");
  const place = useMemo(() => placeOfWriting(conversationId), [conversationId]);
  const draft = useTextDraft(place, "");
  // The id is there before the message, since its files are put into its place.
  const [id, setId] = useState(randomUuid);
  const files = useAttachments(conversationId, id);
  const [later, setLater] = useState<Written | null>(null);

  async function submit(written: Written) {
    if (!(await onSend({ ...written, id, reply_to: replyTo?.id ?? null }))) return;
    done();
  }

  function done() {
    draft.clear();
    files.clear();
    onCancelReply();
    setId(randomUuid());
  }

  return (
    <div ref={props.frame} className="grid grid-cols-1 gap-2 border-line border-t bg-surface px-4 py-3">
      {replyTo === null ? null : (
        <div className="flex items-center gap-2 border-accent border-s-4 ps-2 text-xs">
          <p className="min-w-0 flex-1 truncate">
            <span className="font-medium">{t("replyTo", { name: replyTo.auteur.name })}</span>{" "}
            <span className="text-muted">{plainText(replyTo.content)}</span>
          </p>
          <Button variant="ghost" size="icon" aria-label={t("cancelReply")} onClick={onCancelReply}>
            <X aria-hidden />
          </Button>
        </div>
      )}
      <AttachmentTray files={files} />
      <Composer
        place={place}
        label={t("field", { title })}
        isLabelHidden
        isAtBottom
        submit={t("send")}
        maxCharacters={MAX_MESSAGE_CHARACTERS}
        mayBeEmpty={files.stored.length > 0}
        typed={draft.typed}
        onTyped={draft.setTyped}
        readOnly={!draft.ready}
        pending={files.isUploading}
        onTyping={onTyping}
        onSubmit={(written) => void submit(written)}
        actions={<AttachFiles files={files} />}
        // Files are put into the place of a message that is sent now.
        later={
          files.stored.length > 0
            ? undefined
            : { label: t("later.schedule"), icon: <Clock aria-hidden />, onSubmit: setLater }
        }
      >
        <OtherDraft draft={draft} />
      </Composer>
      {later === null ? null : (
        <ScheduleDialog
          conversationId={conversationId}
          message={{ ...later, id, reply_to: replyTo?.id ?? null }}
          onScheduled={() => {
            setLater(null);
            done();
          }}
          onClose={() => setLater(null)}
        />
      )}
    </div>
  );
}
