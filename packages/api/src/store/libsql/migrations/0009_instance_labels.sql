ALTER TABLE `instances` ADD `group` text;--> statement-breakpoint
ALTER TABLE `instances` ADD `tags` text DEFAULT '[]' NOT NULL;