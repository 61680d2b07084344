import type { UserActor } from "@mgs/core/actor";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { listConversations } from "@mgs/messaging/conversations/list-conversations";
import type { MessagingPorts } from "@mgs/messaging/deps";
import { conversationPath } from "@mgs/messaging/links";
import type { Subject } from "@mgs/records/subject";
import { NewConversation } from "@mgs/shell/messages/new-conversation";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { MessagesSquare } from "lucide-react";
import Link from "next/link";
import type { Runtime } from "../runtime";

type RecordConversationsProps = {
  runtime: Runtime;
  actor: UserActor;
  ports: MessagingPorts;
  subject: Pick<Subject, "type">;
  subjectId: string;
};

const MAX_SHOWN = 20;

/** The reader's conversations about a record, and the way to begin one. The page needs the texts `messages` and `sendForm`. */
export async function RecordConversations({ runtime, actor, ports, subject, subjectId }: RecordConversationsProps) {
  // Nobody reads messages in another person's place.
  if (actor.impersonation) return null;
  const t = createTranslator(actor.locale, { messages: messagesFor(actor.locale).messages }, "messages");
  const about = { type: subject.type, id: subjectId };
  const query = { subject: `${about.type}:${about.id}`, limit: String(MAX_SHOWN) };
  const { conversations } = await listConversations({ ...runtime, ...ports }, actor, query);
  return (
    <Card>
      <CardHeader title={t("record.title")} icon={<MessagesSquare aria-hidden />} />
      {conversations.length === 0 ? (
        <p className="px-4 py-4 text-muted text-sm sm:px-6">{t("record.none")}</p>
      ) : (
        <ul aria-label={t("record.title")} className="mb-3 divide-y divide-line border-line border-b">
          {conversations.map(({ id, title, last_message, last_at, unread_count }) => (
            <li key={id}>
              <Link
                href={conversationPath(id)}
                className="flex items-baseline gap-3 px-4 py-2.5 text-sm hover:bg-subtle sm:px-6"
              >
                <span className="min-w-0 flex-1">
                  <bdi className={unread_count > 0 ? "block truncate font-semibold" : "block truncate"}>{title}</bdi>
                  {last_message && last_message.excerpt !== "" ? (
                    <span className="block truncate text-muted text-xs">
                      {t("lastLine", { name: last_message.name, text: last_message.excerpt })}
                    </span>
                  ) : null}
                </span>
                <RelativeTime iso={last_at} className="shrink-0 text-muted text-xs" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {/* Beside the title it would leave no room for it in the narrow column. */}
      <div className="px-4 pb-4 sm:px-6">
        <NewConversation subject={about} label={t(about.type === "seance" ? "record.writeSeance" : "record.write")} />
      </div>
    </Card>
  );
}
