import type { TestBrowser } from "../packages/oidc/src/testing/browser";
import { CREDENTIALS } from "./world";

/** Signs a browser in at a portal: follows its sign-in to the end, answering the form. @throws Error when it goes round for ever */
export async function signInAtPortal(
  browser: TestBrowser,
  portal: string,
  administration: string,
  credentials: { email: string; password: string } = CREDENTIALS,
): Promise<void> {
  const start = `${portal}/login/oauth`;
  let url = start;
  for (let hops = 0; hops < 20; hops++) {
    const response = await browser.request(url);
    const location = response.headers.get("location");
    await response.arrayBuffer();
    if (location) url = new URL(location, url).href;
    else if (new URL(url).pathname.startsWith("/interaction/")) {
      const answer = await browser.request(`${administration}${new URL(url).pathname}/login`, {
        method: "POST",
        headers: { accept: "application/json", origin: administration },
        body: new URLSearchParams(credentials),
      });
      const { data }: { data: { redirect: string } } = await answer.json();
      url = new URL(data.redirect, url).href;
    } else return;
  }
  throw new Error(`the sign-in at ${start} goes round for ever`);
}
