ALTER TABLE `jobs` ADD `instance_ids` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `begun_by` text;