import { z } from "zod";

/** Id of a template of configurations. */
export const TemplateId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "This is no id of a template.");

/** The template whose text the panel ships, or its administrator has put into its folder. */
export const STANDARD_TEMPLATE = "standard";
