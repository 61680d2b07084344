import type { Locale } from "@mgs/core/locale";
import type { Portal } from "@mgs/core/portals";
import { directionOf } from "@mgs/i18n/direction";
import { Body, Button, Container, Head, Heading, Hr, Html, Preview, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";
import { ACCENTS, DARK_STYLES, LIGHT } from "./palette";

const FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

type MailFrameProps = {
  locale: Locale;
  /** The portal whose colour the mail bears. */
  portal: Portal;
  brand: string;
  title: string;
  preview: string;
  footer: ReactNode;
  children: ReactNode;
};

/** The frame of every mail: a card on a plain ground, light or dark as its reader's screen is. */
export function MailFrame({ locale, portal, brand, title, preview, footer, children }: MailFrameProps): ReactNode {
  return (
    <Html lang={locale} dir={directionOf(locale)}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{DARK_STYLES}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body
        className="canvas"
        style={{ backgroundColor: LIGHT.canvas, fontFamily: FONT, margin: 0, padding: "32px 16px" }}
      >
        <Container
          className="surface"
          style={{
            backgroundColor: LIGHT.surface,
            border: `1px solid ${LIGHT.line}`,
            borderTop: `4px solid ${ACCENTS[portal]}`,
            borderRadius: 12,
            maxWidth: 560,
            padding: "24px 32px",
          }}
        >
          <Text className="quiet" style={{ ...small, fontWeight: 600, margin: "0 0 16px" }}>
            {brand}
          </Text>
          {children}
          <Hr className="line" style={{ borderColor: LIGHT.line, margin: "0 0 16px" }} />
          <Text className="quiet" style={{ ...small, margin: 0 }}>
            {footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

export function MailTitle({ children }: { children: ReactNode }): ReactNode {
  return (
    <Heading
      as="h1"
      dir="auto"
      className="ink"
      style={{ ...breaking, fontSize: 22, lineHeight: "30px", margin: "0 0 16px" }}
    >
      {children}
    </Heading>
  );
}

export function MailText({ children }: { children: ReactNode }): ReactNode {
  return (
    <Text dir="auto" className="ink" style={{ ...breaking, fontSize: 16, lineHeight: "26px", margin: "0 0 24px" }}>
      {children}
    </Text>
  );
}

export function MailButton({
  href,
  portal,
  children,
}: {
  href: string;
  portal: Portal;
  children: ReactNode;
}): ReactNode {
  return (
    <Section style={{ margin: "0 0 24px" }}>
      <Button
        href={href}
        style={{
          backgroundColor: ACCENTS[portal],
          borderRadius: 8,
          color: "#ffffff",
          fontSize: 16,
          fontWeight: 600,
          padding: "12px 24px",
        }}
      >
        {children}
      </Button>
    </Section>
  );
}

const small = { color: LIGHT.quiet, fontSize: 13, lineHeight: "20px" } as const;
const breaking = { color: LIGHT.ink, overflowWrap: "anywhere" } as const;
