import { describe, expect, it } from "vitest";
import { type NotificationMail, renderNotificationMail } from "./notification";

const notification: NotificationMail = {
  locale: "fr",
  portal: "commercial",
  titre: "Contrat signé",
  message: "Ligne une\nLigne deux",
  href: "http://localhost:3001/dashboard",
  inboxHref: "http://localhost:3001/notifications",
};
const render = (overrides: Partial<NotificationMail> = {}) => renderNotificationMail({ ...notification, ...overrides });

describe("the mail of a notification", () => {
  it("is in the reader's language", async () => {
    const [fr, en] = await Promise.all([render(), render({ locale: "en" })]);
    expect(fr.html).toMatch(/<html[^>]*dir="ltr"[^>]*lang="fr"/);
    expect(fr.html).toContain("Ouvrir dans Commercial");
    expect(fr.text).toContain("Vous recevez cet e-mail");
    expect(en.html).toContain("Open in Commercial");
    expect(en.html).toMatch(/lang="en"/);
    expect(en.text).toContain("You receive this e-mail");
  });

  it("shows markup as text, in HTML and in plain text", async () => {
    const titre = '<script>alert("x")</script>';
    const { html, text, subject } = await render({ titre, message: `${titre} & <b>` });
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;");
    expect(html).toContain("&amp; &lt;b&gt;");
    expect(text).toContain(titre);
    expect(subject).toBe(titre);
  });

  it("keeps a direction that a titre or a message turns to itself, line by line", async () => {
    const { html, text, subject } = await render({ titre: "Facture\u202e", message: "\u202eun\ndeux \u05d0" });
    expect(subject).toBe("\u2068Facture\u202e\u2069");
    expect(text.startsWith("\u2068Facture\u202e\u2069\n\n\u2068\u202eun\u2069\n\u2068deux \u05d0\u2069\n\n")).toBe(
      true,
    );
    expect(html).toContain("<title>\u2068Facture\u202e\u2069</title>");
    expect(html).toMatch(/<h1[^>]*dir="auto"/);
  });

  it("leaves what looks like a part of the form as it is", async () => {
    const [titre, message] = ["\uE000message\uE001 $& $1", "\uE000inbox\uE001 'a' \"b\""];
    const { html } = await render({ titre, message });
    expect(html).toContain("\uE000message\uE001 $&amp; $1</h1>");
    expect(html).toContain("\uE000inbox\uE001 &#x27;a&#x27; &quot;b&quot;");
    expect((await render()).html).not.toMatch(/[\uE000\uE001]/);
  });

  it("keeps line breaks", async () => {
    const { html, text } = await render({ message: "une\r\ndeux\n\ntrois" });
    expect(html.replaceAll(/<br\s*\/?>/g, "\n").replaceAll("<!-- -->", "")).toContain("une\ndeux\n\ntrois");
    expect(text).toContain("une\r\ndeux\n\ntrois");
  });

  it("lets no line break of a titre into the subject", async () => {
    const { subject } = await render({ titre: "Bonjour\r\nBcc: other@mgs.example\u2028\u0085fin" });
    expect(subject).toBe("Bonjour Bcc: other@mgs.example fin");
  });

  it("says of a link elsewhere that it is a link, and still leads to the portal", async () => {
    const { html, text } = await render({ href: "https://example.org/a?b=1&c=2" });
    expect(html).toContain("Ouvrir le lien");
    expect(html).toContain('href="https://example.org/a?b=1&amp;c=2"');
    expect(text).toContain("https://example.org/a?b=1&c=2");
    expect(html).toContain('href="http://localhost:3001/notifications"');
  });

  it("carries 5,000 four-byte characters whole", async () => {
    const message = "😀".repeat(5_000);
    const { html, text } = await render({ message });
    expect(html).toContain(message);
    expect(text).toContain(message);
  });

  it("bears the portal's colour and adapts to a dark screen", async () => {
    const { html } = await render({ portal: "gestion-dossier" });
    expect(html).toContain("#a44a0c");
    expect(html).toContain("MGS Gestion-Dossier");
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).toContain('content="light dark"');
  });
});
