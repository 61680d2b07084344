import type { Messages } from "@mgs/i18n/catalogue";
import type { Translator } from "@mgs/i18n/translator";
import { Badge } from "@mgs/ui/badge";
import { cn } from "@mgs/ui/cn";
import { Bookmark, Trash2 } from "lucide-react";
import Link from "next/link";
import { ActionButton } from "../actions/action-button";
import { ActionField, ActionForm } from "../actions/action-form";
import type { ActionResult } from "../actions/action-result";
import type { FormValues } from "../actions/form-values";
import { ListMenu } from "./list-menu";

/** A saved view, as the API tells it. */
export type SavedView = {
  id: string;
  name: string;
  query: string;
  shared: boolean;
  mine: boolean;
  owner: { name: string };
};

/** Acts on views: server actions of the list's page. */
export type ViewActions = {
  save: (query: string, values: FormValues) => Promise<ActionResult>;
  rename: (id: string, values: FormValues) => Promise<ActionResult>;
  /** Gives a view the query of the page. */
  update: (id: string, query: string) => Promise<ActionResult>;
  share: (id: string, shared: boolean) => Promise<ActionResult>;
  remove: (id: string) => Promise<ActionResult>;
  restore: (id: string) => Promise<ActionResult>;
};

type ViewsMenuProps = {
  t: Translator<Messages["lists"]>;
  path: string;
  views: readonly SavedView[];
  /** Own views that were deleted, and can be restored. */
  deleted: readonly Pick<SavedView, "id" | "name">[];
  /** The query of the page, as a view would save it. */
  query: string;
  actions: ViewActions;
};

/** The views of a list: own and shared ones lead to their addresses; a form saves the page as it is. */
export function ViewsMenu({ t, path, views, deleted, query, actions }: ViewsMenuProps) {
  return (
    <ListMenu label={t("views.title")} icon={<Bookmark aria-hidden />}>
      <div className="grid gap-4">
        {views.length === 0 ? <p className="text-muted">{t("views.none")}</p> : null}
        {views.length > 0 ? (
          <ul className="-mx-2 grid max-h-80 gap-1 overflow-y-auto">
            {views.map((view) => (
              <li key={view.id} className="rounded-lg px-2">
                <ViewLink t={t} path={path} view={view} current={view.query === query} />
                {view.mine ? <OwnView t={t} view={view} query={query} actions={actions} /> : null}
              </li>
            ))}
          </ul>
        ) : null}
        {deleted.length > 0 ? <DeletedViews t={t} views={deleted} restore={actions.restore} /> : null}
        <div className="border-line border-t pt-4">
          <ActionForm action={actions.save.bind(null, query)} submit={t("views.save")} submitVariant="secondary" resets>
            <ActionField name="name" label={t("views.name")} maxLength={60} autoComplete="off" />
            <label className="flex min-h-control-sm items-center gap-2.5">
              <input type="checkbox" name="shared" value="yes" className="size-4 accent-accent" />
              {t("views.shareHint")}
            </label>
          </ActionForm>
        </div>
      </div>
    </ListMenu>
  );
}

type ViewProps = Pick<ViewsMenuProps, "t"> & { view: SavedView };

function ViewLink({ t, path, view, current }: ViewProps & Pick<ViewsMenuProps, "path"> & { current: boolean }) {
  return (
    <Link
      href={view.query === "" ? path : `${path}?${view.query}`}
      prefetch={false}
      aria-current={current ? "true" : undefined}
      className={cn("flex min-h-control-sm items-center gap-2 rounded-md hover:underline", current && "font-semibold")}
    >
      <bdi className="min-w-0 flex-1 break-words">{view.name}</bdi>
      {view.shared ? (
        <Badge tone="accent">{view.mine ? t("views.shared") : t("views.sharedBy", { name: view.owner.name })}</Badge>
      ) : null}
    </Link>
  );
}

type DeletedViewsProps = Pick<ViewsMenuProps, "t"> & {
  views: ViewsMenuProps["deleted"];
  restore: ViewActions["restore"];
};

function DeletedViews({ t, views, restore }: DeletedViewsProps) {
  return (
    <details className="text-muted text-sm">
      <summary className="flex min-h-6 items-center hover:text-ink">
        {t("views.deleted", { count: views.length })}
      </summary>
      <p className="py-1 text-xs">{t("views.deletedHint")}</p>
      <ul className="grid max-h-48 gap-1 overflow-y-auto">
        {views.map(({ id, name }) => (
          <li key={id} className="flex items-center justify-between gap-2">
            <bdi className="min-w-0 break-words">{name}</bdi>
            <ActionButton
              variant="secondary"
              size="sm"
              action={restore.bind(null, id)}
              label={`${t("views.restore")} (${name})`}
            >
              {t("views.restore")}
            </ActionButton>
          </li>
        ))}
      </ul>
    </details>
  );
}

function OwnView({ t, view, query, actions }: ViewProps & Pick<ViewsMenuProps, "query" | "actions">) {
  const label = (text: string) => `${text} (${view.name})`;
  return (
    <details className="text-muted text-xs">
      <summary className="flex min-h-6 items-center hover:text-ink" aria-label={label(t("views.change"))}>
        {t("views.change")}
      </summary>
      <div className="grid gap-3 py-2">
        <ActionForm action={actions.rename.bind(null, view.id)} submit={t("views.rename")} submitVariant="secondary">
          <ActionField
            name="name"
            label={t("views.newName")}
            defaultValue={view.name}
            maxLength={60}
            autoComplete="off"
          />
        </ActionForm>
        <div className="flex flex-wrap gap-2">
          <ActionButton
            variant="secondary"
            size="sm"
            action={actions.share.bind(null, view.id, !view.shared)}
            label={label(t(view.shared ? "views.unshare" : "views.share"))}
          >
            {t(view.shared ? "views.unshare" : "views.share")}
          </ActionButton>
          {view.query === query ? null : (
            <ActionButton
              variant="secondary"
              size="sm"
              action={actions.update.bind(null, view.id, query)}
              label={label(t("views.update"))}
            >
              {t("views.update")}
            </ActionButton>
          )}
          <ActionButton
            variant="ghost"
            size="sm"
            action={actions.remove.bind(null, view.id)}
            label={label(t("views.remove"))}
            confirm={{
              title: t("views.removeTitle"),
              text: t("views.removeText", { name: view.name }),
              submit: t("views.remove"),
              cancel: t("cancel"),
              close: t("close"),
              danger: true,
            }}
          >
            <Trash2 aria-hidden />
            {t("views.remove")}
          </ActionButton>
        </div>
      </div>
    </details>
  );
}
