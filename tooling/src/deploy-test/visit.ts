// A person at a browser: signs in at a portal through nginx, and waits for a notification. Run inside the network of the
// server: node --import tsx visit.ts '<Visit as JSON>'. Says "listening" once its page hears what is sent, and goes on after a line on standard input.
import { chromium } from "@playwright/test";
import { findBrowser, listBrowserArguments } from "../testing/browser";

/** `firstPassword`: of the command that made the account; the person has to change it when they first sign in. */
export type Visit = { email: string; firstPassword: string; password: string; titre: string };

const TIMEOUT_MS = 120_000;
const COMMERCIAL = "https://commercial.example.com";
const GESTION_DOSSIER = "https://gestion-dossier.example.com";
/** Prefix of a person's channel, as Laravel Echo names it. */
const OWN_CHANNEL = "private-App.Models.User.";

async function visit({ email, firstPassword, password, titre }: Visit): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error("no Chromium was found");
  const browser = await chromium.launch({
    executablePath,
    args: [...listBrowserArguments(), "--host-resolver-rules=MAP *.example.com 127.0.0.1"],
  });
  try {
    // The test does not cover the browser's certificate store; programs that have to trust the authority are configured.
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "fr-FR" });
    context.setDefaultTimeout(TIMEOUT_MS);
    const page = await context.newPage();
    const listening = new Promise<void>((resolve) => {
      page.on("websocket", (socket) =>
        socket.on("framereceived", ({ payload }) => {
          const text = String(payload);
          if (text.includes("subscription_succeeded") && text.includes(OWN_CHANNEL)) resolve();
        }),
      );
    });
    await page.goto(`${COMMERCIAL}/dashboard`);
    const signIn = async (typed: string) => {
      await page.locator('input[name="email"]').fill(email);
      await page.locator('input[name="password"]').fill(typed);
      await page.locator('button[type="submit"]').click();
    };
    await signIn(password);
    // On the first visit the person still has the password that the command was given, and changes it.
    const refusal = page.getByText("Adresse e-mail ou mot de passe incorrect.");
    await Promise.race([refusal.waitFor(), page.waitForURL(`${COMMERCIAL}/dashboard`)]);
    if (await refusal.isVisible()) {
      await signIn(firstPassword);
      await page.getByLabel("Nouveau mot de passe").fill(password);
      await page.getByRole("button", { name: "Enregistrer le mot de passe" }).click();
      await page.getByRole("link", { name: "Se connecter à" }).click();
      await signIn(password);
    }
    await page.waitForURL(`${COMMERCIAL}/dashboard`);
    await listening;
    process.stdout.write("listening\n");
    await page.getByTestId("toast").filter({ hasText: titre }).waitFor();
    process.stdout.write("toast\n");
    // A container that ends removes a network interface, and Chromium then aborts the loads under way.
    for await (const _ of process.stdin) break;
    // The person is signed in, so the next portal shows no form.
    await page.goto(`${GESTION_DOSSIER}/dashboard`);
    await page.waitForURL(`${GESTION_DOSSIER}/dashboard`);
    await page.getByTestId("bell").waitFor();
    process.stdout.write("second portal\n");
  } finally {
    await browser.close();
  }
}

await visit(JSON.parse(process.argv[2] ?? "{}") as Visit);
