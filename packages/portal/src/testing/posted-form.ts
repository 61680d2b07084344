import { forgottenPasswordPath } from "@mgs/core/portal-links";
import { forgottenPasswordFormPath } from "@mgs/identity/account-links/links";
import { importPath, importsApiPath } from "@mgs/identity/links";
import { TestBrowser } from "@mgs/oidc/testing/browser";

/** A form that a browser has before it, and where it ends. */
export type OpenForm = {
  browser: TestBrowser;
  action: string;
  fields: Record<string, string>;
  /** A form with a file is posted in parts. */
  file?: File;
  isEnd: (url: string) => boolean;
};

/** What the browser posts. */
export function bodyOf({ fields, file }: Pick<OpenForm, "fields" | "file">): URLSearchParams | FormData {
  if (!file) return new URLSearchParams(fields);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", file);
  return form;
}

/** A file of people that is checked; each check leads to a page of its own. */
export async function openPeopleFile(origin: string): Promise<OpenForm> {
  const file = new File(["nom;email;role\nAina;aina@mgs.mg;commercial\n"], "équipe.csv", { type: "text/csv" });
  const isEnd = (url: string) => url.startsWith(`${origin}${importPath("")}`);
  return { browser: new TestBrowser(), action: `${origin}${importsApiPath()}`, fields: { role: "" }, file, isEnd };
}

/** A forgotten password of an address that nobody has. */
export async function openForgotten(origin: string, nth: number): Promise<OpenForm> {
  const end = `${origin}${forgottenPasswordPath({ envoye: "1" })}`;
  const action = `${origin}${forgottenPasswordFormPath()}`;
  const fields = { email: `nobody-${nth}@mgs.mg` };
  return { browser: new TestBrowser(), action, fields, isEnd: (url) => url === end };
}
