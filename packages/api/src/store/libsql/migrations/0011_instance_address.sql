ALTER TABLE `instances` ADD `label` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `instances` SET `label` = `id` || '-' || lower(hex(randomblob(5)));--> statement-breakpoint
CREATE UNIQUE INDEX `instances_label` ON `instances` (`label`);--> statement-breakpoint
ALTER TABLE `instances` ADD `ingress` text;--> statement-breakpoint
ALTER TABLE `instances` ADD `ingress_fault` text;
