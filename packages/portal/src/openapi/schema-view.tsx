import { refName, type Schema, typeText } from "./read-document";

/** A schema with its own properties; those that it names stand in the list of schemas. */
export function SchemaView({ schema }: { schema: Schema }) {
  const inner = schema.items?.properties ? schema.items : schema;
  if (!inner.properties) return <TypeText schema={schema} />;
  return (
    <ul className="grid gap-2 border-line border-s ps-3">
      {Object.entries(inner.properties).map(([name, property]) => (
        <li key={name} className="min-w-0">
          <Property name={name} schema={property} required={inner.required?.includes(name) ?? false} />
          {property.description ? <p className="ps-4 text-muted text-xs">{property.description}</p> : null}
          {property.properties || property.items?.properties ? (
            <div className="mt-2 ps-4">
              <SchemaView schema={property} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

export function Property({
  name,
  schema,
  required,
  place,
}: {
  name: string;
  schema: Schema;
  required: boolean;
  place?: string;
}) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
      <code className="font-medium">
        {name}
        {required ? "" : "?"}
      </code>
      <TypeText schema={schema} />
      {place ? <span className="text-muted text-xs">{place}</span> : null}
    </p>
  );
}

export function TypeText({ schema }: { schema: Schema }) {
  const ref = schema.$ref ?? schema.items?.$ref;
  const text = schema.properties ? "object" : typeText(schema);
  const styles = "min-w-0 break-words font-mono text-muted text-xs";
  return ref ? (
    <a href={`#schema-${refName(ref)}`} className={`${styles} underline`}>
      {text}
    </a>
  ) : (
    <span className={styles}>{text}</span>
  );
}
