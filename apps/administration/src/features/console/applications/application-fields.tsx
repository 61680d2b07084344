"use client";
import { ActionField, useFieldError } from "@mgs/shell/actions/action-form";
import { cn } from "@mgs/ui/cn";
import { Field } from "@mgs/ui/field";
import { Textarea } from "@mgs/ui/textarea";
import { CircleAlert, TriangleAlert } from "lucide-react";

export type ApplicationValues = {
  name: string;
  redirectUris: readonly string[];
  postLogoutRedirectUris: readonly string[];
  backchannelLogoutUri: string;
  scopes: readonly string[];
  pkceExempt: boolean;
};

type FieldName = "name" | "redirectUris" | "postLogoutRedirectUris" | "backchannelLogoutUri";

export type ApplicationTexts = Record<FieldName, { label: string; hint: string }> & {
  /** The kinds to choose from; only a new client has a choice. */
  kinds?: readonly { value: "web" | "machine"; label: string }[];
  kindLabel: string;
  scopes: { label: string; hint: string; options: readonly { value: string; label: string }[] };
  pkce: { label: string; hint: string };
};

type ApplicationFieldsProps = { values: ApplicationValues; texts: ApplicationTexts };

const CODE = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;

/** The controls of a client's form, new or edited. */
export function ApplicationFields({ values, texts }: ApplicationFieldsProps) {
  return (
    <>
      <ActionField
        name="name"
        label={texts.name.label}
        description={texts.name.hint}
        defaultValue={values.name}
        autoComplete="off"
        maxLength={100}
        required
      />
      {texts.kinds ? (
        <fieldset className="grid gap-2">
          <legend className="mb-2 font-medium">{texts.kindLabel}</legend>
          {texts.kinds.map(({ value, label }) => (
            <Check key={value} type="radio" name="kind" value={value} checked={value === "web"} label={label} />
          ))}
        </fieldset>
      ) : null}
      <Uris name="redirectUris" texts={texts} values={values.redirectUris} />
      <Uris name="postLogoutRedirectUris" texts={texts} values={values.postLogoutRedirectUris} />
      <ActionField
        {...CODE}
        name="backchannelLogoutUri"
        type="url"
        label={texts.backchannelLogoutUri.label}
        description={texts.backchannelLogoutUri.hint}
        defaultValue={values.backchannelLogoutUri}
      />
      <fieldset className="grid gap-2">
        <legend className="font-medium">{texts.scopes.label}</legend>
        <p className="mb-1 text-muted text-xs">{texts.scopes.hint}</p>
        {texts.scopes.options.map(({ value, label }) => (
          <Check
            key={value}
            type="checkbox"
            name="scopes[]"
            value={value}
            checked={values.scopes.includes(value)}
            label={label}
            code={value}
          />
        ))}
      </fieldset>
      <Exemption texts={texts} isExempt={values.pkceExempt} />
    </>
  );
}

type UrisProps = {
  name: "redirectUris" | "postLogoutRedirectUris";
  values: readonly string[];
  texts: ApplicationTexts;
};

function Uris({ name, values, texts }: UrisProps) {
  const error = useFieldError(name);
  return (
    <Field label={texts[name].label} description={texts[name].hint} error={error}>
      {(control) => (
        <Textarea
          {...control}
          {...CODE}
          name={name}
          defaultValue={values.join("\n")}
          rows={2}
          className="whitespace-pre font-mono"
        />
      )}
    </Field>
  );
}

function Exemption({ texts, isExempt }: { texts: ApplicationTexts; isExempt: boolean }) {
  const error = useFieldError("pkceExempt");
  return (
    <div className="grid gap-2 rounded-lg bg-warning-soft px-4 py-3 text-warning-ink">
      <Check type="checkbox" name="pkceExempt" value="on" checked={isExempt} label={texts.pkce.label} />
      <p className="flex items-start gap-2 text-xs">
        <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
        {texts.pkce.hint}
      </p>
      {error ? (
        <p role="alert" className="flex items-start gap-1.5 text-danger-ink text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      ) : null}
    </div>
  );
}

type CheckProps = {
  type: "radio" | "checkbox";
  name: string;
  value: string;
  checked: boolean;
  label: string;
  /** How programs write it. */
  code?: string;
};

function Check({ type, name, value, checked, label, code }: CheckProps) {
  return (
    <label className="flex min-h-control-sm items-start gap-3 py-1 pointer-coarse:py-2.5">
      <input
        type={type}
        name={name}
        value={value}
        defaultChecked={checked}
        className={cn("mt-0.5 size-4 shrink-0 accent-accent")}
      />
      <span className="min-w-0 break-words">
        {label}
        {code ? <code className="ms-2 font-mono text-muted text-xs">{code}</code> : null}
      </span>
    </label>
  );
}
