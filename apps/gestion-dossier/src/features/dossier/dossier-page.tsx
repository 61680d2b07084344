import { presenceApiPath } from "@mgs/comments/contract/addresses";
import type { DossierDto } from "@mgs/dossiers/contract/dossier";
import { dossierChangesApiPath, dossierChannel, dossiersPath } from "@mgs/dossiers/links";
import { messagesFor } from "@mgs/i18n/catalogue";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { RecordRoom } from "@mgs/shell/records/record-room";
import { RoomPeople } from "@mgs/shell/records/room-people";
import { Badge } from "@mgs/ui/badge";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import type { DossierContext } from "./dossier-context";
import { SectionMarks } from "./section-marks";
import { workTexts } from "./work-texts";

const STATE_TONES: Readonly<Record<DossierDto["state"], ComponentProps<typeof Badge>["tone"]>> = {
  nouveau: "accent",
  en_cours: "accent",
  en_attente: "warning",
  valide: "success",
  rejete: "danger",
  cloture: "neutral",
};

type DossierPageProps = {
  context: DossierContext;
  /** What moves the dossier on: first on a phone, beside the rest on a wide screen. */
  steps: ReactNode;
  /** The parts that people work on. */
  children: ReactNode;
  /** The parts beside them. */
  aside: ReactNode;
};

/** `/dossiers/{id}`: everything about one dossier. */
export function DossierPage({ context: { dossier, texts }, steps, children, aside }: DossierPageProps) {
  const { t, words } = texts;
  return (
    <RecordRoom
      channel={dossierChannel(dossier.id)}
      changesPath={dossierChangesApiPath(dossier.id)}
      usersPath={presenceApiPath({ segment: "dossiers", id: dossier.id }, "users")}
      seq={dossier.version}
    >
      <Link
        href={dossiersPath()}
        className="mb-3 inline-flex min-h-control-sm items-center gap-1 text-accent-ink text-sm"
      >
        <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t("back")}
      </Link>
      <PageHeader
        title={dossier.title}
        intro={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-mono text-ink">{dossier.reference}</span>
            <span>{dossier.type.name}</span>
            <Badge tone={STATE_TONES[dossier.state]}>{words(`states.${dossier.state}`)}</Badge>
            {dossier.priority === "urgente" || dossier.priority === "haute" ? (
              <Badge tone={dossier.priority === "urgente" ? "danger" : "warning"}>
                {words(`priorities.${dossier.priority}`)}
              </Badge>
            ) : null}
            <Due dossier={dossier} texts={texts} />
          </span>
        }
      />
      <div className="-mt-4 mb-4">
        <RoomPeople />
      </div>
      <SectionMarks label={t("sections")} sections={listSections(texts)} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr]">
        <div className="min-w-0 xl:col-start-2">{steps}</div>
        <div className="grid min-w-0 gap-6 xl:col-start-1 xl:row-span-2 xl:row-start-1">{children}</div>
        <div className="grid min-w-0 content-start gap-6 xl:col-start-2 xl:self-stretch">{aside}</div>
      </div>
    </RecordRoom>
  );
}

/** The ids of the page's parts. */
export const SECTIONS = {
  about: "dossier",
  comments: "commentaires",
  documents: "documents",
  pieces: "pieces",
  opinions: "avis",
  people: "acces",
  history: "historique",
} as const;

function listSections({ locale, t }: DossierContext["texts"]) {
  const { t: work } = workTexts(locale);
  const { comments, documents } = messagesFor(locale);
  return [
    { id: SECTIONS.about, title: t("about") },
    { id: SECTIONS.comments, title: comments.title },
    { id: SECTIONS.documents, title: documents.title },
    { id: SECTIONS.pieces, title: work("pieces.title") },
    { id: SECTIONS.opinions, title: work("opinions.title") },
    { id: SECTIONS.people, title: work("people.title") },
    { id: SECTIONS.history, title: t("history.title") },
  ];
}

function Due({
  dossier: { due_on, overdue },
  texts: { t, day },
}: {
  dossier: DossierDto;
  texts: DossierContext["texts"];
}) {
  if (due_on === null) return <span>{t("noDue")}</span>;
  if (!overdue) return <span>{t("due", { date: day(due_on) })}</span>;
  return (
    <Badge tone="danger" wraps>
      {t("overdue", { date: day(due_on) })}
    </Badge>
  );
}
