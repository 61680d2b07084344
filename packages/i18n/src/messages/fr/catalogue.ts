import { account, accountMails } from "./account";
import { apiDocs } from "./api-docs";
import { auditActions } from "./audit-actions";
import { auth } from "./auth";
import { board } from "./board";
import { comments } from "./comments";
import { console } from "./console";
import { dashboard } from "./dashboard";
import { devices } from "./devices";
import { documents } from "./documents";
import { dossierPage } from "./dossier-page";
import { dossierWork } from "./dossier-work";
import { dossiers } from "./dossiers-list";
import { email } from "./email";
import { errors, validation } from "./errors";
import { journal } from "./journal";
import { lists } from "./lists";
import { maintenance } from "./maintenance";
import { messages as conversations } from "./messages";
import { notices } from "./notices";
import { notifications, sendForm } from "./notifications";
import {
  consent,
  consents,
  draft,
  error,
  logout,
  notFound,
  profile,
  proof,
  refused,
  sessionEnd,
  signIn,
} from "./pages";
import { peopleImport } from "./people-import";
import { records } from "./records";
import { passkey, recoveryCodes, secondFactor, security } from "./security";
import { impersonation, shell } from "./shell";

export const fr = {
  errors,
  validation,
  account,
  accountMails,
  apiDocs,
  auth,
  // The texts of errors stand in `shell`, since every page may show them.
  shell: { ...shell, error },
  impersonation,
  notFound,
  sessionEnd,
  refused,
  signIn,
  proof,
  consent,
  consents,
  logout,
  profile,
  passkey,
  recoveryCodes,
  secondFactor,
  security,
  dashboard,
  journal,
  peopleImport,
  maintenance,
  notices,
  devices,
  dossiers,
  board,
  lists,
  notifications,
  sendForm,
  draft,
  records,
  documents,
  dossierPage,
  comments,
  messages: conversations,
  dossierWork,
  console,
  auditActions,
  email,
};
