import type { PersonName } from "@mgs/realtime-admin/people";
import { type ChannelDetail, showChannel } from "@mgs/realtime-admin/show-channel";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { buttonStyles } from "@mgs/ui/button";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ConsoleContext } from "../console-context";
import type { ConsoleTexts } from "../texts";
import { DisconnectButton } from "./disconnect-button";
import { KindBadge } from "./kind-badge";
import { type RealtimeSearch, realtimeHref } from "./realtime-search";
import { tryRead } from "./try-read";
import { Unreadable } from "./unreadable";

type Disconnect = (userId: number, idempotencyKey: string) => Promise<ActionResult>;

type ChannelDetailsProps = { context: ConsoleContext; search: RealtimeSearch; channel: string; disconnect: Disconnect };

/** Shows one channel: its subscriptions and members. */
export async function ChannelDetails({ context, search, channel, disconnect }: ChannelDetailsProps) {
  const { texts, runtime, actor } = context;
  const { t } = texts;
  const { value, problem } = await tryRead(context, () => showChannel(runtime, actor, { channel }));
  return (
    <div data-channel-details={channel}>
      <div className="grid gap-3 border-line border-b px-4 py-4 sm:px-6">
        <Link
          href={realtimeHref(search, { channel: undefined })}
          prefetch={false}
          scroll={false}
          className={buttonStyles({ variant: "ghost", size: "sm", className: "-ms-3 justify-self-start" })}
        >
          <ChevronLeft aria-hidden className="rtl:rotate-180" />
          {t("realtime.channels.back")}
        </Link>
        <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 break-all font-medium font-mono">
          {channel}
          {value ? <KindBadge texts={texts} kind={value.kind} /> : null}
        </h3>
        {value ? <Facts texts={texts} detail={value} search={search} /> : null}
      </div>
      {value ? (
        <Members texts={texts} detail={value} disconnect={disconnect} />
      ) : (
        <Unreadable texts={texts} problem={problem} />
      )}
    </div>
  );
}

type FactsProps = { texts: ConsoleTexts; detail: ChannelDetail; search: RealtimeSearch };

function Facts({ texts: { t, number }, detail, search }: FactsProps) {
  const { occupied, subscriptions, users, owner } = detail;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      <Fact term={t("realtime.channels.columns.subscriptions")}>
        {subscriptions === null && occupied ? t("realtime.channels.unknown") : number(subscriptions ?? 0)}
      </Fact>
      {users === null ? null : <Fact term={t("realtime.channels.columns.users")}>{number(users)}</Fact>}
      {owner ? (
        <Fact term={t("realtime.channels.owner")}>
          <OwnerLink owner={owner} search={search} />
        </Fact>
      ) : null}
    </dl>
  );
}

function OwnerLink({ owner, search }: { owner: PersonName; search: RealtimeSearch }) {
  return (
    <Link
      href={realtimeHref(search, { person: String(owner.id) })}
      prefetch={false}
      scroll={false}
      className="text-accent-ink underline-offset-4 hover:underline"
    >
      <bdi>{owner.name}</bdi>
    </Link>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{term}</dt>
      <dd className="break-words font-semibold tabular-nums">{children}</dd>
    </div>
  );
}

type MembersProps = { texts: ConsoleTexts; detail: ChannelDetail; disconnect: Disconnect };

function Members({ texts, detail, disconnect }: MembersProps) {
  const { t, number } = texts;
  const { members, memberCount, occupied } = detail;
  if (members === null || members.length === 0) {
    const text = occupied ? t("realtime.channels.noMembers") : t("realtime.channels.vacant");
    return <p className="px-4 py-6 text-muted sm:px-6">{text}</p>;
  }
  return (
    <>
      <ul aria-label={t("realtime.channels.members")} className="divide-y divide-line border-line border-b">
        {members.map(({ id, name }) => (
          <li key={id} data-member={id} className="flex min-h-14 items-center gap-4 px-4 py-2 sm:px-6">
            <span className="min-w-0 flex-1 break-words">
              {name === null ? (
                t("realtime.channels.stranger", { id })
              ) : (
                <>
                  <bdi className="font-medium">{name}</bdi>{" "}
                  <span className="whitespace-nowrap text-muted text-xs">{t("realtime.channels.member", { id })}</span>
                </>
              )}
            </span>
            {name === null ? null : (
              <DisconnectButton texts={texts} person={{ id: Number(id), name }} disconnect={disconnect} short />
            )}
          </li>
        ))}
      </ul>
      {members.length < memberCount ? (
        <p className="px-4 pt-3 text-muted text-xs sm:px-6">
          {t("realtime.channels.someMembers", { shown: number(members.length), total: number(memberCount) })}
        </p>
      ) : null}
    </>
  );
}
