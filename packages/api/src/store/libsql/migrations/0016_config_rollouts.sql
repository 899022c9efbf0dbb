CREATE TABLE `config_rollouts` (
	`job_id` text PRIMARY KEY NOT NULL,
	`patch` text NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `config_versions` ADD `replaced` integer;--> statement-breakpoint
ALTER TABLE `config_versions` ADD `rollout` text;