CREATE TABLE `backups` (
	`id` text PRIMARY KEY NOT NULL,
	`filename` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`instances` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`note` text,
	`encryption` text,
	`pinned` integer NOT NULL,
	`verified_at` text,
	`proven_at` text,
	`fault` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `backups_filename` ON `backups` (`filename`);--> statement-breakpoint
CREATE TABLE `restores` (
	`instance_id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`backup_id` text NOT NULL,
	`staged` text NOT NULL,
	`kept` text NOT NULL,
	`spec_before` text,
	`started_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `safety_copies` (
	`id` text PRIMARY KEY NOT NULL,
	`instance_id` text NOT NULL,
	`name` text NOT NULL,
	`backup_id` text NOT NULL,
	`kept` text NOT NULL,
	`bytes` integer NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `safety_copies_kept` ON `safety_copies` (`kept`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
