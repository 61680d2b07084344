"use client";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { messagePath } from "@mgs/messaging/links";
import { buttonStyles } from "@mgs/ui/button";
import { DropdownMenu, menuLink } from "@mgs/ui/dropdown-menu";
import { REACTIONS } from "@mgs/writing/contract/reactions";
import { Ellipsis } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useTranslations } from "../intl";
import { showMessage } from "../toasts/show-message";
import type { MessageActs } from "./message-acts";
import { RemindDialog } from "./remind-dialog";
import { VersionsDialog } from "./versions-dialog";

type MessageMenuProps = {
  message: MessageDto;
  acts: MessageActs;
  /** It is one's own, and not older than may be. */
  isChangeable: boolean;
  /** The keys are in its row; in other rows Tab passes its button over. */
  isActive: boolean;
  onEdit: () => void;
};

/** What one can do with a message. */
export function MessageMenu({ message, acts, isChangeable, isActive, onEdit }: MessageMenuProps) {
  const t = useTranslations("messages");
  const words = useTranslations("comments");
  const [open, setOpen] = useState<"remind" | "versions" | null>(null);
  const isOwn = message.auteur.id === acts.userId;

  async function copyLink() {
    await navigator.clipboard.writeText(window.location.origin + messagePath(message.conversation_id, message.id));
    showMessage(t("linkCopied"));
  }
  return (
    <div className="-my-1 shrink-0 self-start opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
      <DropdownMenu
        align="end"
        button={{
          "aria-label": t("more", { name: message.auteur.name }),
          tabIndex: isActive ? 0 : -1,
          className: buttonStyles({ variant: "ghost", size: "icon" }),
          children: <Ellipsis aria-hidden />,
        }}
      >
        <div className="flex gap-1 px-1 pb-1">
          {REACTIONS.map((emoji) => (
            <button
              key={emoji}
              type="button"
              role="menuitem"
              aria-label={words("react", { emoji })}
              onClick={() => void acts.change(message, { act: "reactions", body: { emoji, on: true } })}
              className="inline-flex size-control-sm items-center justify-center rounded-lg hover:bg-subtle focus-visible:bg-subtle"
            >
              <span aria-hidden>{emoji}</span>
            </button>
          ))}
        </div>
        <Item onClick={() => acts.reply(message)}>{t("reply")}</Item>
        {isChangeable ? <Item onClick={onEdit}>{t("edit")}</Item> : null}
        {isChangeable ? <Item onClick={() => void acts.change(message, { act: "delete" })}>{t("delete")}</Item> : null}
        {isOwn ? null : <Item onClick={() => acts.markUnread(message)}>{t("markUnread")}</Item>}
        <Item onClick={() => setOpen("remind")}>{t("remind")}</Item>
        <Item onClick={() => void copyLink()}>{t("copyLink")}</Item>
        {acts.mayReadVersions && message.edited_at !== null ? (
          <Item onClick={() => setOpen("versions")}>{t("versions")}</Item>
        ) : null}
      </DropdownMenu>
      {open === "remind" ? <RemindDialog message={message} acts={acts} onClose={() => setOpen(null)} /> : null}
      {open === "versions" ? <VersionsDialog message={message} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

const Item = (props: Pick<ComponentProps<"button">, "onClick" | "children">) => (
  <button type="button" {...menuLink} {...props} />
);
