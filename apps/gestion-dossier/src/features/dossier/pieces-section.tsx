import { documentPartApiPath } from "@mgs/documents/addresses";
import type { DocumentDto } from "@mgs/documents/contract/document";
import { listDocuments } from "@mgs/documents/list-documents";
import { PIECE_SLOT, type PieceDto } from "@mgs/dossiers/contract/pieces";
import { dossierPermissions } from "@mgs/dossiers/permissions";
import { listPieces } from "@mgs/dossiers/pieces/list-pieces";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { ActionText } from "@mgs/shell/actions/action-text";
import { AttachButton } from "@mgs/shell/documents/uploads";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { FileCheck, Paperclip } from "lucide-react";
import type { ComponentProps } from "react";
import { askForPiece, markPiece, refusePiece } from "../../app/(portal)/dossiers/[id]/parts.action";
import { Disclosure } from "./disclosure";
import type { DossierContext } from "./dossier-context";
import { type WorkTexts, workTexts } from "./work-texts";

const TONES: Readonly<Record<PieceDto["state"], ComponentProps<typeof Badge>["tone"]>> = {
  asked: "warning",
  received: "success",
  refused: "danger",
};

/** The checklist of a dossier: which pieces are there, and what is done about the others. */
export async function PiecesSection({ context }: { context: DossierContext }) {
  const { actor, dossier, runtime, texts } = context;
  const [pieces, documents] = await Promise.all([
    listPieces(runtime, actor, dossier.id),
    listDocuments(runtime, actor, dossierSubject, String(dossier.id), {}),
  ]);
  const own = workTexts(texts.locale);
  const { t } = own;
  const mayWork = dossierPermissions.can(actor, "dossiers.work");
  const received = pieces.filter(({ state }) => state === "received").length;
  return (
    <Card>
      <CardHeader
        title={t("pieces.title")}
        icon={<FileCheck aria-hidden />}
        {...(pieces.length === 0 ? {} : { description: t("pieces.count", { received, total: pieces.length }) })}
      />
      {pieces.length === 0 ? <p className="px-4 py-4 text-muted text-sm sm:px-6">{t("pieces.empty")}</p> : null}
      <ul aria-label={t("pieces.title")} className="divide-y divide-line empty:hidden">
        {pieces.map((piece) => (
          <Piece
            key={piece.id}
            {...{ dossierId: dossier.id, piece, texts: own, mayWork }}
            documents={documents.filter(({ slot }) => slot === PIECE_SLOT + piece.id)}
          />
        ))}
      </ul>
      {mayWork ? (
        <CardBody className="border-line border-t">
          <Disclosure summary={t("pieces.add")}>
            <ActionForm action={askForPiece.bind(null, dossier.id)} submit={t("pieces.ask")} resets>
              <ActionField name="name" label={t("pieces.name")} maxLength={100} autoComplete="off" required />
              <ActionSelect
                name="required"
                label={t("pieces.required")}
                defaultValue="true"
                options={[
                  { value: "true", label: t("pieces.yes") },
                  { value: "false", label: t("pieces.no") },
                ]}
              />
            </ActionForm>
          </Disclosure>
        </CardBody>
      ) : null}
    </Card>
  );
}

type PieceProps = {
  dossierId: number;
  piece: PieceDto;
  /** Those that were put into its place. */
  documents: readonly DocumentDto[];
  texts: WorkTexts;
  mayWork: boolean;
};

function Piece({ dossierId, piece, documents, texts: { t }, mayWork }: PieceProps) {
  const { id, name, required, state, reason } = piece;
  return (
    <li className="grid gap-2 px-4 py-3 text-sm sm:px-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-40 break-words">
          {name}
          {required ? null : <span className="text-muted"> ({t("pieces.optional")})</span>}
        </span>
        <Badge tone={TONES[state]}>{t(`pieces.states.${state}`)}</Badge>
      </div>
      {reason ? (
        <p className="whitespace-pre-wrap break-words border-line border-s-2 ps-3 text-muted">{reason}</p>
      ) : null}
      {documents.length > 0 ? (
        <ul className="grid gap-1">
          {documents.map(({ id: documentId, name: file }) => (
            <li key={documentId} className="flex min-w-0 items-center gap-1.5">
              <Paperclip aria-hidden className="size-3.5 shrink-0 text-muted" />
              <a
                href={documentPartApiPath(dossierSubject, String(dossierId), documentId, "content")}
                className="min-w-0 break-words text-accent-ink hover:underline"
              >
                <bdi>{file}</bdi>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {mayWork ? (
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
          <AttachButton slot={PIECE_SLOT + id} label={t("pieces.attachLabel", { name })} />
          {state === "asked" ? (
            <ActionButton
              key="receive"
              size="sm"
              variant="secondary"
              label={t("pieces.receiveLabel", { name })}
              action={markPiece.bind(null, dossierId, id, state, "received")}
            >
              {t("pieces.receive")}
            </ActionButton>
          ) : (
            <ActionButton
              key="again"
              size="sm"
              variant="ghost"
              label={t("pieces.askAgainLabel", { name })}
              action={markPiece.bind(null, dossierId, id, state, "asked")}
            >
              {t("pieces.askAgain")}
            </ActionButton>
          )}
          {state === "refused" ? null : (
            <Disclosure key={state} summary={t("pieces.refuse")} label={t("pieces.refuseLabel", { name })}>
              <ActionForm
                action={refusePiece.bind(null, dossierId, id, state)}
                submit={t("pieces.refuse")}
                submitVariant="danger"
              >
                <ActionText name="reason" label={t("pieces.reason")} maxLength={2_000} required />
              </ActionForm>
            </Disclosure>
          )}
        </div>
      ) : null}
    </li>
  );
}
