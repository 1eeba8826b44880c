/**
 * Short lists of named values in one text, `status=proposed; usage=headline`: for a cell of a table and for notes of formats
 * that have no field of their own.
 *
 * Guarantee: `readFields(writeFields(x))` equals x for any values; names are letters, digits and hyphens. A name may come twice.
 * Failure policy: undefined when the text is no such list. Cost: linear.
 */
export type Field = readonly [name: string, value: string];

const NAME = /^[A-Za-z][A-Za-z0-9-]*$/u;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", ";": "\\;", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const UNESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

export function writeFields(fields: readonly Field[]): string {
  return fields.map(([name, value]) => `${name}=${value.replace(/[\\;\n\r\t]/gu, (each) => ESCAPES[each] ?? each)}`).join("; ");
}

export function readFields(text: string): readonly Field[] | undefined {
  const fields: Field[] = [];
  for (const part of splitFields(text)) {
    const at = part.indexOf("=");
    const name = part.slice(0, Math.max(0, at));
    if (!NAME.test(name)) return undefined;
    const value = part.slice(at + 1).replace(/\\([^])/gu, (_, each: string) => UNESCAPES[each] ?? each);
    fields.push([name, value]);
  }
  return fields;
}

/** Splits at semicolons that no backslash stands before; one blank after each belongs to the separator. */
function splitFields(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (at === text.length || text[at] === ";") {
      parts.push(text.slice(start, at));
      start = at + (text[at + 1] === " " ? 2 : 1);
    }
  }
  return parts;
}
