import { withWanted } from "./gateway-access.ts";
import { findArray, parseJson5Object } from "./json5-edit.ts";
import { withoutValue } from "./json5-remove.ts";
import { GATEWAY_PORT } from "./naming.ts";
import { renderConfig } from "./openclaw-config.ts";
import { fillTemplate, type TemplateValues } from "./template-variables.ts";

const AUTH = ["gateway", "auth"];
const ORIGINS = ["gateway", "controlUi", "allowedOrigins"];

/**
 * The first configuration of an instance, from a template that is valid: what makes its gateway
 * reachable is the panel's, whatever the template says of it. `isTrusting`: the gateway takes its
 * users from the panel, which sets the rest of the access.
 */
export function firstConfig(template: string, values: TemplateValues, isTrusting: boolean): string {
  const filled = fillTemplate(template, values).text;
  parseJson5Object(filled);
  const local = withWanted(filled, ["gateway", "mode"], "local");
  const bound = withWanted(local, ["gateway", "bind"], "lan");
  const reachable = withWanted(bound, ["gateway", "port"], GATEWAY_PORT);
  if (isTrusting) return reachable;
  const guarded = withWanted(reachable, AUTH, { mode: "token", token: values.token });
  return findArray(guarded, ORIGINS) ? guarded : withWanted(guarded, ORIGINS, []);
}

/**
 * The text of the template in the panel's folder, as people edit it on the page: its variables in
 * strings, and without the access that each instance gets. Throws TEMPLATE_INVALID.
 */
export function standardTemplate(file: string): string {
  const text = renderConfig(file, { token: "{{token}}", port: GATEWAY_PORT });
  return withoutValue(withoutValue(text, AUTH), ORIGINS);
}
