"use client";
import { useConnectionState, useOnlineMembers } from "@mgs/realtime/react";
import { Avatar } from "@mgs/ui/avatar";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Skeleton } from "@mgs/ui/skeleton";
import { UsersRound } from "lucide-react";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";

const MAX_SHOWN_MEMBERS = 8;

/** Lists the people online by the presence channel; it says so when there is no connection, or the channel is full. */
export function OnlineCard() {
  const t = useTranslations("dashboard");
  const { user } = useShell();
  const members = useOnlineMembers();
  const connected = useConnectionState() === "connected";
  const isFull = connected && members === "full";
  const known = connected && members !== "full" ? members : null;
  const others = (known ?? []).filter(({ id }) => id !== user.id);
  const rest = others.length - MAX_SHOWN_MEMBERS;
  return (
    <Card data-testid="online">
      <CardHeader
        title={t("online")}
        icon={<UsersRound aria-hidden />}
        action={
          known ? (
            <span className="whitespace-nowrap text-muted text-xs tabular-nums">
              {t("onlineCount", { count: known.length })}
            </span>
          ) : null
        }
      />
      {known ? (
        <ul className="grid grid-cols-1 gap-1 p-2 sm:px-4">
          <Member name={user.name} note={t("you")} />
          {others.slice(0, MAX_SHOWN_MEMBERS).map(({ id, name }) => (
            <Member key={id} name={name} />
          ))}
          {rest > 0 ? <li className="px-2 py-1 text-muted">{t("othersOnline", { count: rest })}</li> : null}
          {others.length === 0 ? <li className="px-2 py-1 text-muted">{t("nobodyElse")}</li> : null}
        </ul>
      ) : isFull ? (
        <p className="p-4 text-muted sm:px-6">{t("onlineFull")}</p>
      ) : (
        <div className="p-4 sm:px-6">
          <Skeleton className="h-8 w-40" />
          <p className="mt-3 text-muted">{t("onlineUnknown")}</p>
        </div>
      )}
    </Card>
  );
}

function Member({ name, note }: { name: string; note?: string }) {
  return (
    <li className="flex min-h-10 items-center gap-3 px-2">
      <Avatar name={name} online />
      {/* A long name is cut, and never the note behind it. */}
      <span className="flex min-w-0 items-baseline gap-1.5">
        <bdi className="truncate">{name}</bdi>{" "}
        {note ? <span className="shrink-0 text-muted text-xs">({note})</span> : null}
      </span>
    </li>
  );
}
