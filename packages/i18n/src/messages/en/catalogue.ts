import { auth } from "./auth";
import { console } from "./console";
import { dashboard } from "./dashboard";
import { email } from "./email";
import { errors, validation } from "./errors";
import { notifications, sendForm } from "./notifications";
import { consent, draft, error, logout, notFound, profile, refused, sessionEnd, signIn } from "./pages";
import { shell } from "./shell";

export const en = {
  errors,
  validation,
  auth,
  // Every page may show these.
  shell: { ...shell, error, notFound },
  sessionEnd,
  refused,
  signIn,
  consent,
  logout,
  profile,
  dashboard,
  notifications,
  sendForm,
  draft,
  console,
  email,
};
