import "./globals.css";
import { RootDocument } from "@mgs/portal/root-document";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { currentSession } from "../portal";

export const metadata: Metadata = {
  title: { default: "Gestion-Dossier · MGS", template: "%s · Gestion-Dossier · MGS" },
};
export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <RootDocument portal="gestion-dossier" session={currentSession}>
      {children}
    </RootDocument>
  );
}
