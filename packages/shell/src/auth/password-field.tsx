"use client";
import { Button } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Eye, EyeOff } from "lucide-react";
import { type Ref, useState } from "react";
import { useHydrated } from "../hydrated";
import { useTranslations } from "../intl";

type PasswordFieldProps = {
  name: string;
  label: string;
  autoComplete: "new-password" | "current-password";
  description?: string;
  error?: string | undefined;
  ref?: Ref<HTMLInputElement>;
};

/** A field for a password. With scripts its text can be shown, so that nobody has to type it twice. */
export function PasswordField({ name, label, autoComplete, description, error, ref }: PasswordFieldProps) {
  const t = useTranslations("shell.password");
  const hydrated = useHydrated();
  const [visible, setVisible] = useState(false);
  return (
    <Field label={label} description={description} error={error}>
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            ref={ref}
            name={name}
            type={visible ? "text" : "password"}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            required
            className="pe-11"
          />
          {hydrated ? (
            <span className="absolute inset-y-0 end-1 flex items-center">
              <Button
                variant="ghost"
                size="icon"
                aria-label={visible ? t("hide") : t("show")}
                aria-pressed={visible}
                onClick={() => setVisible(!visible)}
              >
                {visible ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
              </Button>
            </span>
          ) : null}
        </div>
      )}
    </Field>
  );
}
