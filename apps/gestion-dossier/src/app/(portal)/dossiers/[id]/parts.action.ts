"use server";

import { OPINION_PORTS } from "@mgs/business/modules";
import type { PieceState } from "@mgs/dossiers/contract/pieces";
import { answerOpinion, withdrawOpinion } from "@mgs/dossiers/opinions/answer-opinion";
import { askOpinion } from "@mgs/dossiers/opinions/ask-opinion";
import { giveAccess, takeAccess } from "@mgs/dossiers/people/change-access";
import { followDossier, unfollowDossier } from "@mgs/dossiers/people/follow-dossier";
import { askPiece, changePiece } from "@mgs/dossiers/pieces/change-pieces";
import { tabOfAction } from "@mgs/http/socket-id";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { workTexts } from "../../../../features/dossier/work-texts";
import { portal } from "../../../../portal";

// The use cases check what these get: an action can be called with anything.

export async function markPiece(
  dossierId: number,
  pieceId: string,
  from: PieceState,
  state: PieceState,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { from, state };
    const piece = await changePiece(portal.runtime(), actor, dossierId, pieceId, input, tabOfAction(socketId));
    const { t } = workTexts(locale);
    return t("pieces.done", { name: piece.name, state: t(`pieces.states.${piece.state}`) });
  });
}

export async function refusePiece(
  dossierId: number,
  pieceId: string,
  from: PieceState,
  values: FormValues,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { from, state: "refused", reason: textOf(values, "reason") };
    const piece = await changePiece(portal.runtime(), actor, dossierId, pieceId, input, tabOfAction(socketId));
    const { t } = workTexts(locale);
    return t("pieces.done", { name: piece.name, state: t(`pieces.states.${piece.state}`) });
  });
}

export async function askForPiece(
  dossierId: number,
  values: FormValues,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { name: textOf(values, "name"), required: textOf(values, "required") !== "false" };
    const piece = await askPiece(portal.runtime(), actor, dossierId, input, tabOfAction(socketId));
    const { t } = workTexts(locale);
    return t("pieces.done", { name: piece.name, state: t(`pieces.states.${piece.state}`) });
  });
}

export async function askForOpinion(
  dossierId: number,
  values: FormValues,
  idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const [user, slug, due] = [textOf(values, "user_id"), textOf(values, "role"), textOf(values, "due_on")];
    const input = {
      ...(user === "" ? {} : { user_id: Number(user) }),
      ...(slug === "" ? {} : { role: slug }),
      question: textOf(values, "question"),
      due_on: due === "" ? null : due,
    };
    const options = { idempotencyKey, ...tabOfAction(socketId) };
    await askOpinion({ ...portal.runtime(), ...OPINION_PORTS }, actor, dossierId, input, options);
    return workTexts(locale).t("opinions.asked");
  });
}

export async function giveOpinion(
  dossierId: number,
  opinionId: string,
  values: FormValues,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { verdict: textOf(values, "verdict"), answer: textOf(values, "answer") };
    await answerOpinion(portal.runtime(), actor, dossierId, opinionId, input, tabOfAction(socketId));
    return workTexts(locale).t("opinions.given");
  });
}

export async function takeBackOpinion(
  dossierId: number,
  opinionId: string,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await withdrawOpinion(portal.runtime(), actor, dossierId, opinionId, tabOfAction(socketId));
    return workTexts(locale).t("opinions.withdrawn");
  });
}

export async function follow(dossierId: number, follows: boolean): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await (follows ? followDossier : unfollowDossier)(portal.runtime(), actor, dossierId);
    return workTexts(locale).t(follows ? "people.followed" : "people.unfollowed");
  });
}

export async function giveAccessTo(
  dossierId: number,
  values: FormValues,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { user_id: Number(textOf(values, "user_id")) };
    await giveAccess(portal.runtime(), actor, dossierId, input, tabOfAction(socketId));
    return workTexts(locale).t("people.given");
  });
}

export async function takeAccessFrom(
  dossierId: number,
  userId: number,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await takeAccess(portal.runtime(), actor, dossierId, userId, tabOfAction(socketId));
    return workTexts(locale).t("people.taken");
  });
}
