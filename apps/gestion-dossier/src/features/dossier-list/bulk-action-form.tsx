"use client";
import { useSocketId } from "@mgs/realtime/channel-react";
import { ActionForm, type ActionFormProps } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";

export type BulkAction = (values: FormValues, socketId: string | undefined) => Promise<ActionResult>;

/** The form of acts on several dossiers. It names its tab, which shows the outcome itself and is not told of it. */
export function BulkActionForm({ action, ...form }: Omit<ActionFormProps, "action"> & { action: BulkAction }) {
  const socketId = useSocketId();
  return <ActionForm {...form} action={(values) => action(values, socketId())} />;
}
