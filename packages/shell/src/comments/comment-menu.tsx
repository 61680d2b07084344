"use client";
import type { CommentDto } from "@mgs/comments/contract/comment";
import { authorName } from "@mgs/comments/contract/comment";
import { buttonStyles } from "@mgs/ui/button";
import { DropdownMenu, menuLink } from "@mgs/ui/dropdown-menu";
import { Ellipsis } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useTranslations } from "../intl";
import { showMessage } from "../toasts/show-message";
import { reportComment } from "./api";
import type { CommentActs } from "./comment-acts";
import { ReasonDialog } from "./reason-dialog";

type CommentMenuProps = { comment: CommentDto; isOwn: boolean; acts: CommentActs; onEdit: () => void };

/** What one can do with a comment beside answering it. */
export function CommentMenu({ comment, isOwn, acts, onEdit }: CommentMenuProps) {
  const t = useTranslations("comments");
  const [asking, setAsking] = useState<"hide" | "report" | null>(null);
  const { may, change } = acts;
  const isHidden = comment.hidden !== null;

  function give(reason: string) {
    setAsking(null);
    if (asking === "hide") void change(comment, { act: "visibility", body: { hidden: true, reason } });
    else
      void acts.attempt(async () => {
        await reportComment(acts.record, comment.id, reason);
        showMessage(t("reported"));
      });
  }
  return (
    <>
      <DropdownMenu
        align="end"
        button={{
          "aria-label": t("more", { name: authorName(comment.user) }),
          className: buttonStyles({ variant: "ghost", size: "icon" }),
          children: <Ellipsis aria-hidden />,
        }}
      >
        {may.comment && comment.parent_id === null ? (
          <Item
            onClick={() => void change(comment, { act: "resolution", body: { resolved: comment.resolved === null } })}
          >
            {comment.resolved === null ? t("resolve") : t("reopen")}
          </Item>
        ) : null}
        {isOwn && !isHidden ? <Item onClick={onEdit}>{t("edit")}</Item> : null}
        {isOwn || may.moderate ? (
          <Item onClick={() => void change(comment, { act: "delete" })}>{t("delete")}</Item>
        ) : null}
        {may.moderate ? (
          <Item
            onClick={() =>
              isHidden ? void change(comment, { act: "visibility", body: { hidden: false } }) : setAsking("hide")
            }
          >
            {isHidden ? t("show") : t("hide")}
          </Item>
        ) : null}
        {isOwn ? null : <Item onClick={() => setAsking("report")}>{t("report")}</Item>}
      </DropdownMenu>
      {asking === null ? null : (
        <ReasonDialog
          title={t(asking)}
          question={t(asking === "hide" ? "hideReason" : "reportReason")}
          submit={t(asking)}
          onReason={give}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

const Item = (props: Pick<ComponentProps<"button">, "onClick" | "children">) => (
  <button type="button" {...menuLink} {...props} />
);
