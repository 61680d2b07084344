"use client";
import { Avatar } from "@mgs/ui/avatar";
import { PencilLine } from "lucide-react";
import { useTranslations } from "../intl";
import { useRecordRoom } from "./record-room";

/** Who else has the record open, and who of them has unsaved changes; and what was changed last while one looked. */
export function RoomPeople() {
  const t = useTranslations("records");
  const { others, news } = useRecordRoom();
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2 text-muted text-xs">
      {others.length > 0 ? (
        <ul aria-label={t("here")} className="flex flex-wrap items-center gap-2">
          {others.map(({ id, name, isEditing }) => (
            <li key={id} className="flex min-w-0 items-center gap-1.5 rounded-full bg-subtle py-0.5 ps-0.5 pe-2.5">
              <Avatar name={name} size="sm" />
              <span className="min-w-0 break-words">{name}</span>
              {isEditing ? (
                <span className="flex items-center gap-1 text-warning-ink">
                  <PencilLine aria-hidden className="size-3.5" />
                  {t("editing")}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      <p role="status" aria-live="polite">
        {news}
      </p>
    </div>
  );
}
