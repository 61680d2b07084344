import type { TrailRow } from "@mgs/audit/trail/trail.repository";
import type { EventDescriber } from "@mgs/journal/describe-event";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import type { ReactNode } from "react";
import { BackLink } from "../back-link";
import { Fact, Facts } from "../facts";
import { type JournalSearch, journalHref } from "./journal-search";
import type { JournalTexts } from "./journal-texts";

type JournalEventPageProps = {
  texts: JournalTexts;
  event: TrailRow;
  describer: EventDescriber;
  search: JournalSearch;
};

/** `/console/journal/{id}`: everything that is known of one event. */
export function JournalEventPage({ texts, event, describer, search }: JournalEventPageProps) {
  const { t } = texts;
  const details = JSON.stringify(event.details, null, 2);
  return (
    <div className="max-w-4xl">
      <BackLink href={journalHref(search)}>{t("detail.back")}</BackLink>
      <PageHeader title={describer.sentence(event)} intro={texts.dateTime(event.at.toISOString())} />
      <div className="grid gap-6">
        <Section title={t("detail.event")}>
          <Fact term={t("detail.action")}>
            <Badge>{event.action}</Badge>
          </Fact>
          <Fact
            term={t("detail.actor")}
            note={event.impersonatorId === null ? event.actor : `user:${event.impersonatorId} · ${event.actor}`}
          >
            <bdi>{describer.actor(event)}</bdi>
          </Fact>
          {event.subject === null ? null : (
            <Fact term={t("detail.subject")} note={`${event.subjectType ?? ""} ${event.subject}`.trim()}>
              <bdi>{describer.subject(event)}</bdi>
            </Fact>
          )}
          {event.userId === null ? null : (
            <Fact term={t("detail.user")} note={`user ${event.userId}`}>
              <bdi>{describer.person(event.userId)}</bdi>
            </Fact>
          )}
          {details === "{}" ? null : (
            <Fact term={t("detail.details")}>
              <code className="block whitespace-pre-wrap break-words font-mono font-normal text-xs">{details}</code>
            </Fact>
          )}
        </Section>
        <Section title={t("detail.origin")}>
          <Fact term={t("detail.ip")}>{event.ip ?? t("detail.none")}</Fact>
          <Fact term={t("detail.device")}>{event.userSessionId ?? t("detail.none")}</Fact>
          <Fact term={t("detail.client")}>
            {event.clientId === null ? t("detail.none") : <bdi>{describer.client(event.clientId)}</bdi>}
          </Fact>
          <Fact term={t("detail.request")}>{event.requestId ?? t("detail.none")}</Fact>
        </Section>
        <Section title={t("detail.chain")}>
          <Fact term={t("detail.id")}>{event.id}</Fact>
          <Fact term={t("detail.seq")}>{event.seq === null ? t("detail.waiting") : String(event.seq)}</Fact>
          {event.hash === null ? null : (
            <Fact term={t("detail.hash")}>
              <span className="font-mono text-xs">{event.hash}</span>
            </Fact>
          )}
        </Section>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader title={title} />
      <CardBody>
        <Facts>{children}</Facts>
      </CardBody>
    </Card>
  );
}
