/**
 * Makes `src/shared/api/schema.d.ts` from the API's description: the shapes that travel, and nothing else.
 *
 *   npm run types            from docs/api/openapi.json
 *   npm run types -- FILE    from another description
 *
 * Paths and titles are left out: every route repeats every problem, which is 10,000 lines nobody reads.
 */

import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const source = process.argv[2] ?? new URL("../../docs/api/openapi.json", import.meta.url);
const target = new URL("../src/shared/api/schema.d.ts", import.meta.url);

/** Pydantic titles every field with its own name. A property may itself be called `title`: that one is an object. */
function withoutTitles(value) {
  if (Array.isArray(value)) return value.map(withoutTitles);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([name, inner]) => name !== "title" || typeof inner !== "string");
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutTitles(inner)]));
}

const description = JSON.parse(await readFile(source, "utf8"));
const shapes = {
  openapi: description.openapi,
  info: description.info,
  paths: {},
  components: { schemas: withoutTitles(description.components.schemas) },
};
const text = astToString(await openapiTS(shapes, { defaultNonNullable: false }));
await writeFile(target, `// Made from docs/api/openapi.json by \`npm run types\`. Not to be edited.\n\n${text}`);
