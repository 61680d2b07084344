import { attachmentApiPath, attachmentThumbnailApiPath } from "@mgs/messaging/contract/links";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { FileText } from "lucide-react";
import { formatBytes } from "../documents/format-bytes";
import { useLocale } from "../intl";

/** The files that came with a message: a small picture where there is one, and the way to each. */
export function MessageAttachments({ message }: { message: MessageDto }) {
  const locale = useLocale();
  if (message.attachments.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {message.attachments.map(({ id, name, bytes, state, has_thumbnail }) => (
        <li key={id} className="max-w-full">
          <a
            href={attachmentApiPath(message.conversation_id, id)}
            target="_blank"
            rel="noreferrer"
            aria-disabled={state !== "ready" || undefined}
            className="flex max-w-72 items-center gap-3 rounded-lg border border-line bg-surface p-2 text-sm hover:bg-subtle"
          >
            {has_thumbnail ? (
              <img
                src={attachmentThumbnailApiPath(message.conversation_id, id)}
                alt=""
                width={48}
                height={48}
                className="size-12 rounded object-cover"
              />
            ) : (
              <FileText aria-hidden className="size-5 shrink-0 text-muted" />
            )}
            <span className="min-w-0">
              <span className="block truncate">{name}</span>
              <span className="block text-muted text-xs">{formatBytes(bytes, locale)}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
