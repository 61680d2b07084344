import type { UserActor } from "@mgs/core/actor";
import type { Portal } from "@mgs/core/portals";
import type { Role } from "@mgs/core/roles";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { defineModule, type Module } from "@mgs/module/module";
import type { NavigationEntry } from "@mgs/module/navigation";
import { notifications } from "@mgs/notifications/module";
import { can } from "@mgs/notifications/permissions";
import { expect, test } from "vitest";
import { collectEntries } from "./navigation";

const actorOf = (role: Role, locale: "fr" | "en" = "fr"): UserActor => ({
  kind: "user",
  userId: 1,
  role,
  locale,
  userSessionId: "0199a000-0000-7000-8000-000000000001",
  clientId: "administration",
  scopes: PORTAL_SCOPES,
  proof: { holders: [], expiresAt: null },
});

const entry = (href: string, more: Partial<NavigationEntry> = {}): NavigationEntry => ({
  href,
  label: (locale) => `${href} (${locale})`,
  icon: "folder-open",
  order: 50,
  ...more,
});

const moduleWith = (...pages: NavigationEntry[]) => defineModule({ name: "test", navigation: async () => ({ pages }) });

const PORTAL_URLS = {
  administration: "http://localhost:3000",
  commercial: "http://localhost:3001",
  "gestion-dossier": "http://localhost:3002",
};

const collect = (portal: Portal, modules: readonly Module[], actor: UserActor) =>
  collectEntries(portal, modules, actor, PORTAL_URLS);
const pagesOf = async (...options: Parameters<typeof collect>) =>
  (await collect(...options)).pages.map(({ href }) => href);

test("the navigation has the dashboard, the inbox and the send form, in the visitor's language", async () => {
  expect(await collect("commercial", [notifications], actorOf("commercial", "en"))).toEqual({
    pages: [
      { href: "/dashboard", label: "Dashboard", icon: "layout-dashboard" },
      { href: "/notifications", label: "Notifications", icon: "bell" },
      { href: "/notifications/send", label: "Send a notification", shortLabel: "Send", icon: "send" },
    ].map((one) => expect.objectContaining(one)),
    quickActions: [{ href: "/notifications/send", label: "Send a notification", shortLabel: "Send", icon: "send" }],
    account: [],
  });
});

test("a visitor gets no entry whose permission they lack", async () => {
  const module = moduleWith(entry("/sent", { isOpenTo: (actor) => can(actor, "sent.read") }));
  expect(await pagesOf("administration", [module], actorOf("administrateur"))).toEqual(["/dashboard", "/sent"]);
  expect(await pagesOf("administration", [module], actorOf("direction"))).toEqual(["/dashboard"]);
});

test("a portal gets no entry that names other portals", async () => {
  const module = moduleWith(entry("/contrats", { portals: ["commercial"] }), entry("/partout"));
  const actor = actorOf("administrateur");
  expect(await pagesOf("commercial", [module], actor)).toEqual(["/dashboard", "/contrats", "/partout"]);
  expect(await pagesOf("gestion-dossier", [module], actor)).toEqual(["/dashboard", "/partout"]);
});

test("sorts entries by their order across modules", async () => {
  const modules = [
    moduleWith(entry("/c", { order: 30 }), entry("/a", { order: 10 })),
    moduleWith(entry("/b", { order: 20 })),
  ];
  expect(await pagesOf("commercial", modules, actorOf("commercial"))).toEqual(["/dashboard", "/a", "/b", "/c"]);
});

test("entries are plain data, which the server can send to a browser", async () => {
  const entries = await collect("commercial", [notifications], actorOf("commercial"));
  expect(structuredClone(entries)).toEqual(entries);
});

test("an account page that one portal has is reached from the others by its address there", async () => {
  const module = defineModule({
    name: "test",
    navigation: async () => ({
      account: [entry("/profil/securite", { home: "administration" }), entry("/profil/ici")],
    }),
  });
  const hrefs = async (portal: Portal) =>
    (await collect(portal, [module], actorOf("administrateur"))).account.map(({ href }) => href);
  expect(await hrefs("administration")).toEqual(["/profil/securite", "/profil/ici"]);
  expect(await hrefs("commercial")).toEqual(["http://localhost:3000/profil/securite", "/profil/ici"]);
});
