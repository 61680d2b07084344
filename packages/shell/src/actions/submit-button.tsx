"use client";
import { Button } from "@mgs/ui/button";
import { type ReactNode, useEffect, useRef, useState } from "react";

/** The button of a form that the browser posts by itself: it is busy while the browser sends, which a file makes long, and sends once. */
export function SubmitButton({ children }: { children: ReactNode }) {
  const button = useRef<HTMLButtonElement>(null);
  const [pending, setPending] = useState(false);

  useEffect(() => {
    const form = button.current?.form;
    const begin = () => setPending(true);
    // Back from the page that followed, the form can be sent again.
    const reset = () => setPending(false);
    form?.addEventListener("submit", begin);
    window.addEventListener("pageshow", reset);
    return () => {
      form?.removeEventListener("submit", begin);
      window.removeEventListener("pageshow", reset);
    };
  }, []);

  return (
    <Button ref={button} type="submit" pending={pending}>
      {children}
    </Button>
  );
}
