CREATE TABLE `instances` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`port` integer NOT NULL,
	`subnet` text NOT NULL,
	`image` text NOT NULL,
	`publish_host` text NOT NULL,
	`timezone` text NOT NULL,
	`user` text,
	`desired` text NOT NULL,
	`phase` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `instances_port` ON `instances` (`port`);--> statement-breakpoint
CREATE UNIQUE INDEX `instances_subnet` ON `instances` (`subnet`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`instance_id` text,
	`status` text NOT NULL,
	`progress` real NOT NULL,
	`step` text NOT NULL,
	`error` text,
	`result` text,
	`created_at` text NOT NULL,
	`started_at` text,
	`finished_at` text
);
--> statement-breakpoint
CREATE INDEX `jobs_created_at` ON `jobs` (`created_at`);