/** A template of configurations, as somebody has saved it. */
export interface TemplateRecord {
  id: string;
  name: string;
  text: string;
  isDefault: boolean;
  /** ISO-8601 UTC. */
  updatedAt: string;
  /** User name. */
  updatedBy: string | null;
}

export interface TemplateSave {
  /**
   * Builds the record from the present one; null leaves it alone. Its `isDefault` is ignored. What
   * it throws, the save rejects with.
   */
  build: (present: TemplateRecord | null) => TemplateRecord | null;
  /** Makes this one the default, and every other one not; a missing record leaves none. */
  makeDefault: boolean;
}

/** At most one is the default. Names are unique without regard to case. */
export interface TemplateRecords {
  /** Sorted by id. */
  listTemplates(): Promise<TemplateRecord[]>;
  findTemplate(id: string): Promise<TemplateRecord | null>;
  /** In one transaction. Rejects with TEMPLATE_EXISTS when another one has the name. */
  saveTemplate(id: string, save: TemplateSave): Promise<void>;
  /** False when it is the default, which stays. No-op when there is none. */
  deleteTemplate(id: string): Promise<boolean>;
}
