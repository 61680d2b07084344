import type { MessageDto } from "@mgs/messaging/contract/message";
import { useTranslations } from "../intl";
import { RelativeTime } from "../time/relative";

/** What has happened to a conversation, among its messages. */
export function MessageLine({ message }: { message: MessageDto }) {
  const t = useTranslations("messages.lines");
  const { kind, auteur, people, name: title } = message;
  const values = { name: auteur.name, people: people.map(({ name }) => name).join(", "), title };
  const text =
    kind === "added"
      ? t("added", values)
      : kind === "removed"
        ? t("removed", values)
        : kind === "left"
          ? t("left", values)
          : t(title === "" ? "unnamed" : "renamed", values);
  return (
    <p id={`message-${message.id}`} className="px-4 py-2 text-center text-muted text-xs" data-message>
      {text} · <RelativeTime iso={message.created_at} />
    </p>
  );
}
