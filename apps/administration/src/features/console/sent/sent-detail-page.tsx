import type { SentDelivery, SentDetailItem } from "@mgs/notifications/admin/sent-dto";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Mail, RadioTower, RotateCw } from "lucide-react";
import { BackLink } from "../back-link";
import { Fact, Facts } from "../facts";
import type { ConsoleTexts } from "../texts";
import { DeliveryBadge } from "./delivery-badge";
import { type SentSearch, sentHref } from "./sent-search";
import { ReaderState } from "./sent-table";

type SentDetailPageProps = {
  texts: ConsoleTexts;
  item: SentDetailItem;
  search: SentSearch;
  retry: (id: string) => Promise<ActionResult>;
};

/** `/console/notifications/{id}`: one notification with its deliveries. */
export function SentDetailPage({ texts, item, search, retry }: SentDetailPageProps) {
  const { t } = texts;
  return (
    <div className="max-w-4xl">
      <BackLink href={sentHref(search)}>{t("sent.detail.back")}</BackLink>
      <PageHeader
        title={item.titre}
        intro={texts.dateTime(item.created_at)}
        actions={
          item.state === "failed" ? (
            <ActionButton action={retry.bind(null, item.id)}>
              <RotateCw aria-hidden />
              {t("retry")}
            </ActionButton>
          ) : null
        }
      />
      <div className="grid gap-6">
        <Card>
          <CardHeader title={t("sent.detail.deliveries")} />
          {item.deliveries.length === 0 ? (
            <CardBody className="text-muted">{t("sent.detail.forgotten")}</CardBody>
          ) : (
            <ul className="divide-y divide-line">
              {item.deliveries.map((delivery) => (
                <Delivery key={delivery.id} texts={texts} delivery={delivery} />
              ))}
            </ul>
          )}
        </Card>
        <Card>
          <CardHeader title={t("sent.detail.message")} />
          <CardBody className="grid gap-6">
            <p className="whitespace-pre-line break-words">
              <bdi>{item.message}</bdi>
            </p>
            <Facts className="border-line border-t pt-6">
              <Fact term={t("sent.detail.from")}>
                <bdi>{texts.source(item.source)}</bdi>
                {item.sender ? (
                  <>
                    {" · "}
                    <bdi>{item.sender.name}</bdi>
                  </>
                ) : null}
              </Fact>
              <Fact term={t("sent.detail.to")}>
                <bdi>{item.recipient.name}</bdi>
                <span className="block font-normal text-muted text-xs">
                  <bdi>{item.recipient.email}</bdi>
                </span>
              </Fact>
              <Fact term={t("sent.detail.reader")}>
                <ReaderState texts={texts} item={item} />
              </Fact>
              <Fact term={t("sent.detail.type")}>
                <Badge>{item.type}</Badge>
              </Fact>
              {item.url ? (
                <Fact term={t("sent.detail.url")}>
                  <bdi>{item.url}</bdi>
                </Fact>
              ) : null}
              <Fact term={t("sent.detail.id")}>
                <span className="font-mono text-xs">{item.id}</span>
              </Fact>
            </Facts>
          </CardBody>
        </Card>
      </div>
    </div>
  );
}

function Delivery({ texts, delivery }: { texts: ConsoleTexts; delivery: SentDelivery }) {
  const { t } = texts;
  const Icon = delivery.channel === "email" ? Mail : RadioTower;
  return (
    <li className="grid gap-2 px-4 py-4 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Icon aria-hidden className="size-4 text-muted" />
        <span className="font-medium">{t(`channels.${delivery.channel}`)}</span>
        <DeliveryBadge texts={texts} state={delivery.state} />
        <span className="text-muted text-xs">{t("attempts", { count: delivery.attempts })}</span>
        <span className="ms-auto text-muted text-xs">
          {delivery.next_attempt_at
            ? t("sent.detail.next", { time: texts.dateTime(delivery.next_attempt_at) })
            : delivery.finished_at
              ? t("sent.detail.finished", { time: texts.dateTime(delivery.finished_at) })
              : null}
        </span>
      </div>
      {delivery.last_error ? (
        <p className="break-words rounded-lg bg-danger-soft px-3 py-2 font-mono text-danger-ink text-xs">
          <span className="sr-only">{`${t("sent.detail.error")}${texts.colon}`}</span>
          {delivery.last_error}
        </p>
      ) : null}
    </li>
  );
}
