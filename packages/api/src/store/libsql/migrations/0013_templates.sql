CREATE TABLE `templates` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`text` text NOT NULL,
	`is_default` integer NOT NULL,
	`updated_at` text NOT NULL,
	`updated_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `templates_name` ON `templates` (`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `templates_default` ON `templates` (`is_default`) WHERE "templates"."is_default";--> statement-breakpoint
ALTER TABLE `instances` ADD `template` text;--> statement-breakpoint
-- A creation that is taken back needs none.
UPDATE `replacements` SET `spec_before` = json_insert(`spec_before`, '$.template', NULL);
