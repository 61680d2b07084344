"use client";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import { useTranslations } from "../intl";

type DraftNoteProps = {
  restored: boolean;
  /** Empties the form and deletes the draft. */
  onDiscard: () => void;
};

/** Tells that a form was filled from a draft, and offers to begin anew. */
export function DraftNote({ restored, onDiscard }: DraftNoteProps) {
  const t = useTranslations("draft");
  if (!restored) return null;
  return (
    <Alert className="mb-6">
      <p>{t("restored")}</p>
      <Button variant="link" size="sm" className="-ms-3" onClick={onDiscard}>
        {t("startOver")}
      </Button>
    </Alert>
  );
}
