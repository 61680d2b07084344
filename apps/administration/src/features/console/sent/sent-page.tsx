import { listSent } from "@mgs/notifications/admin/list-sent";
import { countFailedDeliveries, MAX_COUNTED_DELIVERIES } from "@mgs/notifications/admin/retry-sent";
import { listSentChoices } from "@mgs/notifications/admin/sent-choices";
import { SENT_STATES } from "@mgs/notifications/admin/sent-filter";
import { sendFormPath } from "@mgs/notifications/links";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { RotateCw, Send, SendHorizontal } from "lucide-react";
import Link from "next/link";
import type { ConsoleContext } from "../console-context";
import { filterError, hasInvalidFilters } from "../invalid-filters";
import { InvalidFiltersState } from "../invalid-filters-state";
import { PageLinks } from "../page-links";
import { findPerson } from "../people/find-person";
import type { ConsoleTexts } from "../texts";
import { FilterForm } from "./filter-form";
import { type readInvalid, type SentSearch, sentHref, toFilter } from "./sent-search";
import { SentTable } from "./sent-table";
import { sentTexts } from "./sent-texts";

type SentPageProps = {
  context: ConsoleContext;
  search: SentSearch;
  invalid: ReturnType<typeof readInvalid>;
  retry: (id: string) => Promise<ActionResult>;
  retryAll: (filter: Record<string, string | number>) => Promise<ActionResult>;
};

/** `/console/notifications`: the sent notifications, filtered by the parameters in the address. */
export async function SentPage({ context, search, invalid, retry, retryAll }: SentPageProps) {
  const { runtime, actor } = context;
  const texts = await sentTexts(context);
  const { t } = texts;
  const recipient = await findPerson(context, search.recipient);
  const isRecipientOpen = search.recipient !== undefined && recipient.chosen === null;
  // While the recipient is not chosen yet or a filter is invalid, more than was asked for would look like the result.
  const isUnanswered = isRecipientOpen || hasInvalidFilters(invalid);
  const filter = toFilter(search, recipient.chosen?.id ?? null, context.texts.timeZone);
  const [choices, page, dead] = await Promise.all([
    listSentChoices(runtime, actor),
    isUnanswered ? null : listSent(runtime, actor, { ...filter, before: search.before, after: search.after }),
    search.state === "failed" && !isUnanswered ? countFailedDeliveries(runtime, actor, filter) : 0,
  ]);
  return (
    <>
      <PageHeader
        title={t("sent.title")}
        intro={t("sent.intro")}
        actions={
          <>
            {dead > 0 ? <RetryAll texts={texts} dead={dead} action={retryAll.bind(null, filter)} /> : null}
            <Link href={sendFormPath()} className={buttonStyles({ variant: dead > 0 ? "secondary" : "primary" })}>
              <Send aria-hidden />
              {t("sent.send")}
            </Link>
          </>
        }
      />
      <Segmented label={t("sent.states.label")} className="mb-4 overflow-x-auto">
        {([undefined, ...SENT_STATES] as const).map((state) => (
          <Link
            key={state ?? "all"}
            href={sentHref(search, { state })}
            scroll={false}
            prefetch={false}
            aria-current={state === search.state && !invalid.state ? "page" : undefined}
            className={segmentStyles(state === search.state && !invalid.state)}
          >
            {t(`sent.states.${state ?? "all"}`)}
          </Link>
        ))}
      </Segmented>
      <Card>
        <FilterForm
          key={JSON.stringify([search, invalid])}
          texts={texts}
          search={search}
          invalid={invalid}
          recipient={recipient}
          choices={choices}
        />
        {hasInvalidFilters(invalid) ? (
          // The state has no field of the form that could say what is wrong with it.
          <InvalidFiltersState texts={texts} text={filterError(texts, invalid.state)} />
        ) : null}
        {page && page.items.length > 0 ? (
          <SentTable texts={texts} items={page.items} search={search} retry={retry} />
        ) : null}
        {page?.items.length === 0 ? (
          <EmptyState icon={<SendHorizontal />} title={t("sent.empty.title")} text={t("sent.empty.text")} />
        ) : null}
      </Card>
      <PageLinks
        label={t("sent.pages")}
        back={page?.newer ? { href: sentHref(search, { after: page.newer }), text: t("sent.newer") } : null}
        on={page?.older ? { href: sentHref(search, { before: page.older }), text: t("sent.older") } : null}
      />
    </>
  );
}

function RetryAll({
  texts: { t },
  dead,
  action,
}: {
  texts: ConsoleTexts;
  dead: number;
  action: () => Promise<ActionResult>;
}) {
  const many = dead > MAX_COUNTED_DELIVERIES;
  return (
    <ActionButton
      action={action}
      confirm={{
        title: t("sent.confirmTitle"),
        text: many ? t("sent.confirmMany", { count: MAX_COUNTED_DELIVERIES }) : t("sent.confirmText", { count: dead }),
        submit: t("retry"),
        cancel: t("cancel"),
        close: t("close"),
      }}
    >
      <RotateCw aria-hidden />
      {many ? t("sent.retryMany", { count: MAX_COUNTED_DELIVERIES }) : t("sent.retryAll", { count: dead })}
    </ActionButton>
  );
}
