import { buttonStyles } from "@mgs/ui/button";
import { Columns3 } from "lucide-react";
import { ListMenu } from "./list-menu";

type ColumnsMenuProps = {
  texts: { columns: string; apply: string };
  path: string;
  /** The other parameters of the address, which stay. */
  kept: Readonly<Record<string, string>>;
  options: readonly { value: string; label: string; checked: boolean }[];
};

/** The choice of columns, as a GET form: the address has them. */
export function ColumnsMenu({ texts, path, kept, options }: ColumnsMenuProps) {
  return (
    <ListMenu label={texts.columns} icon={<Columns3 aria-hidden />} width="sm:w-64">
      <form method="get" action={path} className="grid gap-3">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <fieldset className="grid">
          <legend className="sr-only">{texts.columns}</legend>
          {options.map(({ value, label, checked }) => (
            <label key={value} className="flex min-h-control-sm items-center gap-2.5">
              <input
                type="checkbox"
                name="columns"
                value={value}
                defaultChecked={checked}
                className="size-4 accent-accent"
              />
              {label}
            </label>
          ))}
        </fieldset>
        <button type="submit" className={buttonStyles({ variant: "secondary", size: "sm" })}>
          {texts.apply}
        </button>
      </form>
    </ListMenu>
  );
}
