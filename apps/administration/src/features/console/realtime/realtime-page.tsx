import { realtimePath } from "@mgs/console/links";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { RadioTower, Zap } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ConsoleContext } from "../console-context";
import { LiveRegion } from "../live-region";
import { Channels } from "./channels";
import { EventForm, type SendEvent } from "./event-form";
import { LiveFigures } from "./live-figures";
import { PersonCard } from "./person-card";
import { readLive } from "./read-live";
import { type RealtimeSearch, realtimeHref } from "./realtime-search";

/** The channels refresh less often than the figures, since their list is longer. */
const FIGURES_REFRESH_SECONDS = 5;
const CHANNELS_REFRESH_SECONDS = 10;

type RealtimePageProps = {
  context: ConsoleContext;
  search: RealtimeSearch;
  readFigures: () => Promise<ReactNode>;
  readChannels: (search: RealtimeSearch) => Promise<ReactNode>;
  readPerson: (userId: number) => Promise<ReactNode>;
  send: SendEvent;
  disconnect: (userId: number, idempotencyKey: string) => Promise<ActionResult>;
};

/** `/console/temps-reel`: the figures, channels and connections of the realtime server, and a form that sends a test event. */
export async function RealtimePage(props: RealtimePageProps) {
  const { context, search, readFigures, readChannels, readPerson, send, disconnect } = props;
  const { t, dateTime } = context.texts;
  const staleNote = t("queues.stale", { time: dateTime(new Date().toISOString()) });
  return (
    <>
      <PageHeader title={t("realtime.title")} intro={t("realtime.intro")} />
      <LiveRegion
        read={readFigures}
        refreshSeconds={FIGURES_REFRESH_SECONDS}
        note={t("queues.live", { seconds: FIGURES_REFRESH_SECONDS })}
        staleNote={staleNote}
      >
        <Figures context={context} />
      </LiveRegion>
      <div className="mt-6 grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem] 2xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0">
          <Card>
            <CardHeader title={t("realtime.channels.title")} icon={<RadioTower aria-hidden />} />
            <ChannelSearch context={context} search={search} />
            <LiveRegion
              key={realtimeHref(search)}
              read={readChannels.bind(null, search)}
              refreshSeconds={CHANNELS_REFRESH_SECONDS}
              note={t("queues.live", { seconds: CHANNELS_REFRESH_SECONDS })}
              staleNote={staleNote}
              inset
            >
              <Channels context={context} search={search} disconnect={disconnect} />
            </LiveRegion>
          </Card>
        </div>
        <div className="grid min-w-0 grid-cols-1 items-start gap-6 md:grid-cols-2 xl:grid-cols-1">
          <Card>
            <CardHeader
              title={t("realtime.event.title")}
              description={t("realtime.event.description")}
              icon={<Zap aria-hidden />}
            />
            <CardBody>
              <EventForm
                key={search.channel ?? ""}
                send={send}
                initial={{ channel: search.channel ?? "", event: "mgs.test", data: "{}" }}
                texts={{
                  channel: t("realtime.event.channel"),
                  name: t("realtime.event.name"),
                  data: t("realtime.event.data"),
                  dataHint: t("realtime.event.dataHint"),
                  submit: t("realtime.event.submit"),
                  failed: t("realtime.event.failed"),
                }}
              />
            </CardBody>
          </Card>
          <PersonCard context={context} search={search} readPerson={readPerson} disconnect={disconnect} />
        </div>
      </div>
    </>
  );
}

/** Renders the current figures. */
export async function Figures({ context }: { context: ConsoleContext }) {
  const { texts } = context;
  const { figures, away, refused, foreign, failed } = texts.messages.console.realtime;
  return (
    <LiveFigures
      sample={await readLive(context)}
      locale={texts.locale}
      messages={{ figures, away, refused, foreign, failed }}
    />
  );
}

/** Prefixes of channel names that a reader may not know, each with a name of its own. */
const SHORTCUTS = [
  ["all", undefined],
  ["presence", "presence-"],
  ["people", "private-App.Models.User."],
  ["devices", "private-session."],
] as const;

function ChannelSearch({ context: { texts }, search }: { context: ConsoleContext; search: RealtimeSearch }) {
  const { t } = texts;
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-4 border-line border-b px-4 py-4 sm:px-6">
      <form
        key={search.prefix ?? ""}
        method="get"
        action={realtimePath()}
        className="flex min-w-0 flex-1 basis-72 items-end gap-2"
      >
        {search.person ? <input type="hidden" name="person" value={search.person} /> : null}
        <Field label={t("realtime.channels.prefix")} className="min-w-0 flex-1">
          {(aria) => (
            <Input
              {...aria}
              type="search"
              name="prefix"
              defaultValue={search.prefix ?? ""}
              maxLength={200}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        <button type="submit" className={buttonStyles({ variant: "secondary" })}>
          {t("realtime.channels.search")}
        </button>
      </form>
      <Segmented label={t("realtime.channels.shortcuts")} className="overflow-x-auto">
        {SHORTCUTS.map(([name, prefix]) => (
          <Link
            key={name}
            href={realtimeHref(search, { prefix, channel: undefined })}
            scroll={false}
            prefetch={false}
            aria-current={prefix === search.prefix ? "page" : undefined}
            className={segmentStyles(prefix === search.prefix)}
          >
            {t(`realtime.channels.${name}`)}
          </Link>
        ))}
      </Segmented>
    </div>
  );
}
