"use client";
import { MAX_MESSAGE_CHARACTERS, type MessageDto } from "@mgs/messaging/contract/message";
import { useMemo } from "react";
import { useTranslations } from "../intl";
import { Composer } from "../writing/composer";
import { useTextDraft } from "../writing/use-text-draft";
import type { MessageActs } from "./message-acts";
import { placeOfWriting } from "./writing-place";

/** The field in which the author of a message changes it. */
export function MessageEdit({
  message,
  acts,
  onClose,
}: {
  message: MessageDto;
  acts: MessageActs;
  onClose: () => void;
}) {
  const t = useTranslations("messages");
  const place = useMemo(() => placeOfWriting(message.conversation_id), [message.conversation_id]);
  const initial = useMemo(() => ({ text: message.content, mentioned: message.mentioned }), [message.id]);
  const draft = useTextDraft(place, `edit:${message.id}`, initial);
  return (
    <Composer
      place={place}
      label={t("editLabel")}
      submit={t("save")}
      maxCharacters={MAX_MESSAGE_CHARACTERS}
      typed={draft.typed}
      onTyped={draft.setTyped}
      readOnly={!draft.ready}
      autoFocus
      onCancel={() => {
        draft.clear();
        onClose();
      }}
      onLeave={onClose}
      onSubmit={async (written) => {
        if (!(await acts.change(message, { act: "edit", body: written }))) return;
        draft.clear();
        onClose();
      }}
    />
  );
}
