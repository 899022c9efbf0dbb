import { prepareSchema } from "@claw/core/config-schema/prepare-schema";
import { schemaIssues } from "@claw/core/config-schema/schema-issues";
import type { ConfigIssue } from "@claw/core/config-views";
import { parseJson5Object } from "@claw/core/json5-edit";
import { Ajv } from "ajv";

/** Checks a text, which must be valid JSON5. */
export type CheckText = (text: string) => ConfigIssue[];

/**
 * Compiles a schema of openclaw.json, which takes seconds for OpenClaw's own. Throws for one that
 * is none. Formats are not checked: the gateway's are its own.
 */
export function compileSchema(schema: string): CheckText {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateSchema: false,
    validateFormats: false,
    addUsedSchema: false,
    logger: false,
  });
  const validate = ajv.compile(prepareSchema(JSON.parse(schema)));
  return (text) => {
    const value = parseJson5Object(text);
    return validate(value) ? [] : schemaIssues(text, value, validate.errors ?? []);
  };
}
