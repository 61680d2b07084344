import { auth } from "./auth";
import { console } from "./console";
import { dashboard } from "./dashboard";
import { email } from "./email";
import { errors, validation } from "./errors";
import { notifications } from "./notifications";
import { shell } from "./shell";

export const en = { errors, validation, auth, shell, notifications, dashboard, console, email };
